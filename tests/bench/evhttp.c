/*
 * The baseline for pages: a bare evhttp server that answers every request
 * with the same bytes.
 *
 *	evhttp PORT FILE	the body; headers as hokend sends them
 */
#include <event2/buffer.h>
#include <event2/event.h>
#include <event2/http.h>
#include <event2/keyvalq_struct.h>
#include <stdio.h>
#include <stdlib.h>

struct body {
	char *bytes;
	size_t len;
};

static void
answer(struct evhttp_request *request, void *arg)
{
	const struct body *body = arg;
	struct evbuffer *out = evhttp_request_get_output_buffer(request);
	struct evkeyvalq *headers = evhttp_request_get_output_headers(request);

	evhttp_add_header(headers, "Content-Type", "text/html; charset=utf-8");
	evhttp_add_header(headers, "Cache-Control", "no-cache");
	evbuffer_add(out, body->bytes, body->len);
	evhttp_send_reply(request, 200, "OK", NULL);
}

int
main(int argc, char **argv)
{
	struct event_base *base = event_base_new();
	struct evhttp *http = evhttp_new(base);
	struct body body = { .bytes = malloc(1 << 20) };
	FILE *file;

	if (argc != 3 || body.bytes == NULL ||
	    (file = fopen(argv[2], "re")) == NULL)
		return 2;
	body.len = fread(body.bytes, 1, 1 << 20, file);
	fclose(file);
	evhttp_set_gencb(http, answer, &body);
	if (evhttp_bind_socket(http, "127.0.0.1", (ev_uint16_t)atoi(argv[1])) <
	    0)
		return 1;
	return event_base_dispatch(base);
}
