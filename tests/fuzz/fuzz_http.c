/*
 * Whatever arrives on a connection: the scan finds the same end however the
 * bytes are cut, and what it lets pass is what the parser reads.
 */
#include "base/text.h"
#include "fuzz.h"
#include "http/parts.h"

#define HEAD_MAX 16384

static long
end_in_steps(const char *data, size_t len, size_t step)
{
	size_t seen = 0;
	long end = 0;

	for (size_t have = 1; have <= len && end == 0; have += step)
		end = scan_end(data, have, &seen);
	return end != 0 ? end : scan_end(data, len, &seen);
}

static void
read_request(const struct incoming *in)
{
	const struct request *request = &in->request;

	MUST(request->path[0] == '/' && request->query != NULL);
	MUST(text_valid(request->path, strlen(request->path)));
	MUST(!text_has_control(request->path, false));
	MUST(in->count <= SCAN_FIELDS_MAX);
	MUST(http_header(request, "host") != NULL);
	MUST(http_header(request, "transfer-encoding") == NULL);
	for (size_t i = 0; i < in->count; i++) {
		MUST(in->headers[i].name[0] != '\0');
		MUST(strpbrk(in->headers[i].name, " \t\r\n:") == NULL);
		MUST(strpbrk(in->headers[i].value, "\r\n") == NULL);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	const char *data = (const char *)bytes;
	struct incoming *in;
	size_t seen = 0;

	if (len == 0 || len > HEAD_MAX)
		return 0;
	long end = scan_end(data, len, &seen);
	MUST(end <= (long)len);
	long bytewise = end_in_steps(data, len, 1);
	MUST(end == -1 || end == bytewise);
	MUST(end >= 0 || bytewise != 0);
	if (end <= 0 || scan_head(data, (size_t)end) != 0)
		return 0;
	int status = incoming_parse(data, (size_t)end, &in);
	MUST(status == 0 || status == 400 || status == 501);
	if (status == 0)
		read_request(in);
	arena_free(in->request.arena);
	return 0;
}
