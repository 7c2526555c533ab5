/*
 * The scan of a header block.  Debian's http-parser is built lenient: it
 * takes bare LF, folded lines, a space before the colon, TAB in the target
 * and HTTP/9.9.  So this file decides what a request may look like, and the
 * parser only takes it apart.  Nothing here allocates but scan_target().
 */
#include "http/scan.h"

#include <string.h>
#include <strings.h>

#include "base/text.h"

/* More digits than any length we take, few enough for 64 bits. */
#define LENGTH_DIGITS_MAX 18

struct seen {
	int fields, hosts, lengths;
	bool coded; /* a Transfer-Encoding */
};

static bool line_next(const char **at, const char *end, struct bytes *);
static int request_line(struct bytes);
static int method_judge(const char *, size_t);
static int target_judge(const char *, size_t);
static int version_judge(const char *, size_t);
static int field_judge(struct bytes, struct seen *);
static int host_judge(const char *, size_t);
static int length_judge(const char *, size_t);
static bool is_token(const char *, size_t);
static int hex(char);

long
scan_end(const char *data, size_t len, size_t *seen)
{
	size_t i;

	for (i = *seen; i < len; i++) {
		if (data[i] == '\0')
			return -1;
		if (data[i] == '\r' && i + 1 == len)
			break;
		if (data[i] == '\r' && data[i + 1] != '\n')
			return -1;
		if (data[i] != '\n')
			continue;
		if (i == 0 || data[i - 1] != '\r')
			return -1;
		if (i >= 3 && data[i - 2] == '\n')
			return (long)i + 1;
	}
	*seen = i;
	return 0;
}

int
scan_head(const char *head, size_t len)
{
	const char *at = head, *end = head + len;
	struct seen seen = { 0 };
	struct bytes line;

	/* RFC 9112 2.2: one empty line before a request is let pass. */
	if (len >= 2 && memcmp(at, "\r\n", 2) == 0)
		at += 2;
	if (!line_next(&at, end, &line))
		return 400;
	int status = request_line(line);
	while (status == 0 && line_next(&at, end, &line) && line.len > 0)
		status = field_judge(line, &seen);
	if (status != 0)
		return status;
	if (seen.hosts != 1)
		return 400;
	return seen.coded ? 411 : 0;
}

int
scan_target(struct arena *arena, const char *target, size_t len,
    const char **path, const char **query)
{
	const char *mark = memchr(target, '?', len);
	size_t path_len = mark == NULL ? len : (size_t)(mark - target);

	*path = text_unpercent(arena, target, path_len, false);
	if (*path == NULL || !text_valid(*path, strlen(*path)) ||
	    text_has_control(*path, false))
		return 400;
	*query = mark == NULL
	    ? ""
	    : arena_dup_len(arena, mark + 1, len - path_len - 1);
	return 0;
}

static bool
line_next(const char **at, const char *end, struct bytes *line)
{
	const char *lf = memchr(*at, '\n', (size_t)(end - *at));

	if (lf == NULL || lf == *at)
		return false;
	*line = (struct bytes) { *at, (size_t)(lf - *at) - 1 };
	*at = lf + 1;
	return true;
}

/* method SP target SP version, one space each: RFC 9112 3. */
static int
request_line(struct bytes line)
{
	const char *method = line.data, *end = method + line.len;
	const char *space = memchr(method, ' ', line.len);

	if (space == NULL)
		return 400;
	const char *target = space + 1;
	const char *version = memchr(target, ' ', (size_t)(end - target));
	if (version == NULL)
		return 400;
	int status = method_judge(method, (size_t)(space - method));
	if (status == 0)
		status = target_judge(target, (size_t)(version - target));
	if (status == 0)
		status = version_judge(version + 1,
		    (size_t)(end - version) - 1);
	return status;
}

static int
method_judge(const char *s, size_t len)
{
	static const char known[][8] = { "GET", "HEAD", "POST", "PUT", "DELETE",
		"OPTIONS" };

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (len == strlen(known[i]) && memcmp(s, known[i], len) == 0)
			return 0;
	return is_token(s, len) ? 501 : 400;
}

/* Origin form only; "//" would be read as an authority by some. */
static int
target_judge(const char *s, size_t len)
{
	if (len == 0 || s[0] != '/' || (len > 1 && s[1] == '/'))
		return 400;
	for (size_t i = 0; i < len; i++) {
		if (s[i] <= ' ' || s[i] > '~' || s[i] == '#')
			return 400;
		if (s[i] != '%')
			continue;
		int high = i + 2 < len ? hex(s[i + 1]) : -1;
		int low = i + 2 < len ? hex(s[i + 2]) : -1;
		if (high < 0 || low < 0)
			return 400;
		int byte = high * 16 + low;
		if (byte < ' ' || byte == 0x7f)
			return 400;
	}
	return 0;
}

static int
version_judge(const char *s, size_t len)
{
	if (len != 8 || memcmp(s, "HTTP/", 5) != 0 || s[5] < '0' ||
	    s[5] > '9' || s[6] != '.' || s[7] < '0' || s[7] > '9')
		return 400;
	return s[5] == '1' && (s[7] == '0' || s[7] == '1') ? 0 : 505;
}

/* A folded line begins with white space, so that its name is no token. */
static int
field_judge(struct bytes line, struct seen *seen)
{
	const char *name = line.data, *end = name + line.len;
	const char *colon = memchr(name, ':', line.len);

	if (++seen->fields > SCAN_FIELDS_MAX)
		return 431;
	if (colon == NULL || !is_token(name, (size_t)(colon - name)))
		return 400;
	for (const char *c = colon + 1; c < end; c++)
		if (((unsigned char)*c < ' ' && *c != '\t') || *c == 0x7f)
			return 400;
	const char *value = colon + 1;
	while (value < end && (*value == ' ' || *value == '\t'))
		value++;
	while (end > value && (end[-1] == ' ' || end[-1] == '\t'))
		end--;
	size_t name_len = (size_t)(colon - name), len = (size_t)(end - value);
	if (name_len == 4 && strncasecmp(name, "host", 4) == 0)
		return seen->hosts++ > 0 ? 400 : host_judge(value, len);
	if (name_len == 14 && strncasecmp(name, "content-length", 14) == 0)
		return seen->lengths++ > 0 ? 400 : length_judge(value, len);
	if (name_len == 17 && strncasecmp(name, "transfer-encoding", 17) == 0)
		seen->coded = true;
	return 0;
}

static int
host_judge(const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		bool plain = (s[i] >= '0' && s[i] <= '9') ||
		    (s[i] >= 'a' && s[i] <= 'z') ||
		    (s[i] >= 'A' && s[i] <= 'Z');
		if (!plain && (s[i] == '\0' || !strchr(".-_:[]", s[i])))
			return 400;
	}
	return len > 0 && len <= 255 ? 0 : 400;
}

static int
length_judge(const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (s[i] < '0' || s[i] > '9')
			return 400;
	if (len == 0)
		return 400;
	return len > LENGTH_DIGITS_MAX ? 413 : 0;
}

static bool
is_token(const char *s, size_t len)
{
	static const char marks[] = "!#$%&'*+-.^_`|~";

	for (size_t i = 0; i < len; i++) {
		bool plain = (s[i] >= 'a' && s[i] <= 'z') ||
		    (s[i] >= 'A' && s[i] <= 'Z') ||
		    (s[i] >= '0' && s[i] <= '9');
		if (!plain && !memchr(marks, s[i], sizeof(marks) - 1))
			return false;
	}
	return len > 0;
}

static int
hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}
