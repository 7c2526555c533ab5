/*
 * hokend.conf.  The table of options is the one place of names, defaults
 * and limits; etc/hokend.conf shows them and hokend.conf(5) explains them.
 */
#include "base/config.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/conf.h"
#include "base/text.h"

#define FILE_MAX 65536

static int read_file(struct arena *, const char *path, const char **text);
static bool check_texts(struct arena *, const struct conf *,
    struct conf_error *);
static void fill(struct config *, const struct conf *);
static bool filled(const char *);
static bool address(const char *);
static bool address_or_none(const char *);
static bool url(const char *);
static bool base_url(const char *);
static bool mail(const char *);

static const struct conf_option options[] = {
	{ "var", CONF_TEXT, .text = "var" },
	{ "listen", CONF_TEXT, .text = "127.0.0.1" },
	{ "port", CONF_NUMBER, .number = 8080, .least = 1, .most = 65535 },
	{ "public_url", CONF_TEXT, .text = "" },
	{ "zone", CONF_TEXT, .text = "Asia/Tokyo" },
	{ "room", CONF_TEXT, .text = "" },
	{ "mail_from", CONF_TEXT, .text = "yoyaku@localhost" },
	{ "mail_name", CONF_TEXT, .text = "予約係" },
	{ "leave_url", CONF_TEXT,
	    .text = "https://www.jma.go.jp/bosai/forecast/" },
	{ "trusted_proxy", CONF_TEXT, .text = "" },
	{ "connections", CONF_NUMBER, .number = 10000, .least = 16,
	    .most = 1000000 },
	{ "connections_per_peer", CONF_NUMBER, .number = 64, .least = 1,
	    .most = 1000000 },
	{ "metrics_port", CONF_NUMBER, .number = 0, .least = 0, .most = 65535 },
	{ 0 },
};
static const struct conf_section whole = { .options = options };

/* What a text option must be, beside free of control characters. */
static const struct check {
	const char *name;
	bool (*good)(const char *);
	const char *reason;
} checks[] = {
	{ "var", filled, "must name a directory" },
	{ "listen", address, "must be an IPv4 or IPv6 address" },
	{ "public_url", base_url,
	    "must begin with http:// or https:// and not end in /" },
	{ "zone", filled, "must name a time zone" },
	{ "mail_from", mail, "must be a bare mail address" },
	{ "leave_url", url, "must begin with http:// or https://" },
	{ "trusted_proxy", address_or_none,
	    "must be an IPv4 or IPv6 address, or empty" },
};

int
config_read(struct arena *arena, const char *path, struct config *config)
{
	struct conf_error error;
	const struct conf *conf;
	const char *text;

	if (read_file(arena, path, &text) < 0)
		return -1;
	conf = conf_parse(arena, text, &whole, &error);
	if (!conf || !check_texts(arena, conf, &error)) {
		fprintf(stderr, "%s:%d: %s\n", path, error.line, error.reason);
		return -1;
	}
	fill(config, conf);
	return 0;
}

/* A missing file is an empty one. */
static int
read_file(struct arena *arena, const char *path, const char **text)
{
	char *bytes = arena_get(arena, FILE_MAX);
	FILE *file = fopen(path, "re");
	bool good = false;
	size_t len;

	*text = bytes;
	if (!file && errno == ENOENT)
		return 0;
	if (!file) {
		fprintf(stderr, "%s: %s\n", path, strerror(errno));
		return -1;
	}
	len = fread(bytes, 1, FILE_MAX, file);
	if (ferror(file))
		fprintf(stderr, "%s: %s\n", path, strerror(errno));
	else if (len == FILE_MAX)
		fprintf(stderr, "%s: longer than %d bytes\n", path,
		    FILE_MAX - 1);
	else if (memchr(bytes, '\0', len))
		fprintf(stderr, "%s: not a text\n", path);
	else
		good = true;
	fclose(file);
	return good ? 0 : -1;
}

static bool
check_texts(struct arena *arena, const struct conf *conf,
    struct conf_error *error)
{
	for (const struct conf_option *o = options; o->name; o++) {
		if (o->kind != CONF_TEXT ||
		    !text_has_control(conf_text(conf, o->name), false))
			continue;
		*error = (struct conf_error) { conf_line(conf, o->name),
			arena_print(arena, "%s has a control character",
			    o->name) };
		return false;
	}
	for (size_t i = 0; i < sizeof(checks) / sizeof(checks[0]); i++) {
		const struct check *check = &checks[i];

		if (check->good(conf_text(conf, check->name)))
			continue;
		*error = (struct conf_error) { conf_line(conf, check->name),
			arena_print(arena, "%s %s", check->name,
			    check->reason) };
		return false;
	}
	return true;
}

static void
fill(struct config *config, const struct conf *conf)
{
	*config = (struct config) {
		.var = conf_text(conf, "var"),
		.listen = conf_text(conf, "listen"),
		.port = conf_number(conf, "port"),
		.public_url = conf_text(conf, "public_url"),
		.zone = conf_text(conf, "zone"),
		.room = conf_text(conf, "room"),
		.mail_from = conf_text(conf, "mail_from"),
		.mail_name = conf_text(conf, "mail_name"),
		.leave_url = conf_text(conf, "leave_url"),
		.trusted_proxy = conf_text(conf, "trusted_proxy"),
		.connections = conf_number(conf, "connections"),
		.connections_per_peer = conf_number(conf,
		    "connections_per_peer"),
		.metrics_port = conf_number(conf, "metrics_port"),
	};
}

static bool
filled(const char *s)
{
	return *s != '\0';
}

static bool
address(const char *s)
{
	struct in6_addr any;

	return inet_pton(AF_INET, s, &any) == 1 ||
	    inet_pton(AF_INET6, s, &any) == 1;
}

static bool
address_or_none(const char *s)
{
	return !*s || address(s);
}

static bool
url(const char *s)
{
	const char *host = "";

	if (strncmp(s, "http://", 7) == 0)
		host = s + 7;
	else if (strncmp(s, "https://", 8) == 0)
		host = s + 8;
	return *host && *host != '/' && !strpbrk(s, " \"<>");
}

static bool
base_url(const char *s)
{
	return s[0] == '\0' || (url(s) && s[strlen(s) - 1] != '/');
}

/* Ours, so a plain one: it goes into headers as it stands. */
static bool
mail(const char *s)
{
	const char *at = strchr(s, '@');

	return at && at > s && at[1] && !strchr(at + 1, '@') &&
	    !strpbrk(s, " <>,;:\"()");
}
