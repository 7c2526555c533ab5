/*
 * One request being read: the sole owner of the parser, which takes apart
 * what the scan has let pass.  It sees whole heads only, so that it needs
 * no memory between two reads.
 */
#include <http_parser.h>
#include <string.h>

#include "http/parts.h"

/* What the parser tells about a header block. */
struct parsing {
	struct incoming *incoming;
	struct bytes target;
	int status;
};

static int on_url(http_parser *, const char *, size_t);
static int on_field(http_parser *, const char *, size_t);
static int on_value(http_parser *, const char *, size_t);
static int on_headers(http_parser *);
static void merge_header(struct incoming *);

int
incoming_parse(const char *head, size_t len, struct incoming **in)
{
	static const http_parser_settings settings = {
		.on_url = on_url,
		.on_header_field = on_field,
		.on_header_value = on_value,
		.on_headers_complete = on_headers,
	};
	struct arena *arena = arena_new();
	struct parsing parsing = {
		.incoming = arena_get(arena, sizeof(struct incoming)),
		.status = 400,
	};
	http_parser parser;

	parsing.incoming->request.arena = arena;
	*in = parsing.incoming;
	http_parser_init(&parser, HTTP_REQUEST);
	parser.data = &parsing;
	http_parser_execute(&parser, &settings, head, len);
	if (parsing.status != 0)
		return parsing.status;
	struct request *request = &parsing.incoming->request;
	return scan_target(arena, parsing.target.data, parsing.target.len,
	    &request->path, &request->query);
}

const char *
incoming_reason(int status)
{
	return http_status_str((enum http_status)status);
}

const char *
http_header(const struct request *request, const char *name)
{
	const struct incoming *in = (const struct incoming *)request;

	for (size_t i = 0; i < in->count; i++)
		if (strcmp(in->headers[i].name, name) == 0)
			return in->headers[i].value;
	return NULL;
}

bool
http_knows(const struct request *request, const char *etag)
{
	const char *known = http_header(request, "if-none-match");

	return known != NULL &&
	    (strcmp(known, "*") == 0 || strstr(known, etag) != NULL);
}

static int
on_url(http_parser *parser, const char *at, size_t len)
{
	struct parsing *parsing = parser->data;

	parsing->target = (struct bytes) { at, len };
	return 0;
}

static int
on_field(http_parser *parser, const char *at, size_t len)
{
	struct parsing *parsing = parser->data;
	struct incoming *in = parsing->incoming;
	char *name = arena_dup_len(in->request.arena, at, len);

	if (in->count == SCAN_FIELDS_MAX)
		return 1;
	for (char *c = name; *c != '\0'; c++)
		if (*c >= 'A' && *c <= 'Z')
			*c = (char)(*c - 'A' + 'a');
	in->headers[in->count++] = (struct header) { name, "" };
	return 0;
}

static int
on_value(http_parser *parser, const char *at, size_t len)
{
	struct parsing *parsing = parser->data;
	struct incoming *in = parsing->incoming;

	while (len > 0 && (at[len - 1] == ' ' || at[len - 1] == '\t'))
		len--;
	in->headers[in->count - 1].value = arena_dup_len(in->request.arena, at,
	    len);
	merge_header(in);
	return 0;
}

static int
on_headers(http_parser *parser)
{
	static const struct {
		enum http_method theirs;
		enum method ours;
	} methods[] = {
		{ HTTP_GET, METHOD_GET },
		{ HTTP_HEAD, METHOD_HEAD },
		{ HTTP_POST, METHOD_POST },
		{ HTTP_PUT, METHOD_PUT },
		{ HTTP_DELETE, METHOD_DELETE },
		{ HTTP_OPTIONS, METHOD_OPTIONS },
	};
	struct parsing *parsing = parser->data;
	struct incoming *in = parsing->incoming;

	parsing->status = 501;
	for (size_t i = 0; i < sizeof(methods) / sizeof(*methods); i++)
		if (parser->method == methods[i].theirs) {
			in->request.method = methods[i].ours;
			parsing->status = 0;
		}
	/* The scan let pass one length or none. */
	if (parser->flags & F_CONTENTLENGTH)
		in->body_bytes = parser->content_length;
	in->keep_alive = http_should_keep_alive(parser) != 0;
	in->http_10 = parser->http_minor == 0;
	return 0;
}

/* RFC 9110 5.3: a repeated header is one list. */
static void
merge_header(struct incoming *in)
{
	struct header *last = &in->headers[in->count - 1];

	for (struct header *h = in->headers; h < last; h++) {
		if (strcmp(h->name, last->name) != 0)
			continue;
		h->value = arena_print(in->request.arena, "%s%s%s", h->value,
		    strcmp(h->name, "cookie") == 0 ? "; " : ", ", last->value);
		in->count--;
		return;
	}
}
