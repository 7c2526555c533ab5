/* One HTTP request by libcurl's easy interface. */
#include "base/fetch.h"

#include <curl/curl.h>
#include <string.h>

#include "base/log.h"

static CURL *prepare(const struct fetch *, struct curl_slist *headers,
    struct buf *body);
static struct curl_slist *header_list(const struct fetch *);
static size_t take(char *data, size_t size, size_t count, void *body);
static enum fetch_result result_of(CURLcode);

enum fetch_result
fetch(struct arena *arena, const struct fetch *wanted, struct fetched *got,
    const char **why)
{
	struct curl_slist *headers = header_list(wanted);
	char reason[CURL_ERROR_SIZE] = "";
	struct buf body;
	CURLcode code;
	long status = 0;
	char *type = NULL;

	buf_init(&body, wanted->most_bytes);
	CURL *curl = prepare(wanted, headers, &body);
	curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, reason);
	code = curl_easy_perform(curl);
	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
	curl_easy_getinfo(curl, CURLINFO_CONTENT_TYPE, &type);
	*got = (struct fetched) {
		.status = (int)status,
		.type = arena_dup(arena, type == NULL ? "" : type),
		.body = { buf_keep(&body, arena), body.len },
	};
	*why = arena_dup(arena,
	    reason[0] != '\0' ? reason : curl_easy_strerror(code));
	curl_easy_cleanup(curl);
	curl_slist_free_all(headers);
	buf_free(&body);
	return result_of(code);
}

static CURL *
prepare(const struct fetch *wanted, struct curl_slist *headers,
    struct buf *body)
{
	CURL *curl = curl_easy_init();

	if (curl == NULL)
		log_die("fetch.start", "reason=memory");
	curl_easy_setopt(curl, CURLOPT_URL, wanted->url);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(curl, CURLOPT_UNIX_SOCKET_PATH, wanted->socket);
	curl_easy_setopt(curl, CURLOPT_PROXY, "");
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)wanted->deadline_s);
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, body);
	if (wanted->body.data != NULL) {
		curl_easy_setopt(curl, CURLOPT_POSTFIELDS, wanted->body.data);
		curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE,
		    (curl_off_t)wanted->body.len);
	}
	curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, wanted->method);
	return curl;
}

/* An empty Expect keeps curl from waiting for a "100 Continue". */
static struct curl_slist *
header_list(const struct fetch *wanted)
{
	struct curl_slist *list = curl_slist_append(NULL, "Expect:");

	for (const char *const *h = wanted->headers;
	     h != NULL && *h != NULL && list != NULL; h++)
		list = curl_slist_append(list, *h);
	if (list == NULL)
		log_die("fetch.headers", "reason=memory");
	return list;
}

/* Less than it was given ends the transfer: too long. */
static size_t
take(char *data, size_t size, size_t count, void *arg)
{
	struct buf *body = arg;

	buf_put(body, data, size * count);
	return body->full ? 0 : size * count;
}

static enum fetch_result
result_of(CURLcode code)
{
	switch (code) {
	case CURLE_OK:
		return FETCHED;
	case CURLE_WRITE_ERROR:
		return FETCH_LARGE;
	case CURLE_URL_MALFORMAT:
	case CURLE_UNSUPPORTED_PROTOCOL:
	case CURLE_COULDNT_RESOLVE_HOST:
	case CURLE_COULDNT_CONNECT:
	case CURLE_SSL_CONNECT_ERROR:
	case CURLE_PEER_FAILED_VERIFICATION:
		return FETCH_UNREACHED;
	default:
		return FETCH_LOST;
	}
}
