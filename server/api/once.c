/*
 * Changes that clients may repeat (draft-ietf-httpapi-idempotency-key): the
 * answer is kept under the caller's key in the transaction of its change.
 */
#include <stdlib.h>
#include <string.h>

#include "api/api.h"

static bool key_fine(const char *key);

bool
api_once(struct request *r, enum lang lang, struct once *once)
{
	struct buf request;

	*once = (struct once) { .key = http_header(r, "idempotency-key") };
	if (once->key == NULL)
		return true;
	if (!key_fine(once->key)) {
		api_problem(r, lang, PROBLEM_KEY, NULL);
		return false;
	}
	/* The path belongs to what is repeated: another booking's move is
	 * another request. */
	buf_init(&request, strlen(r->path) + r->body.len + 1);
	buf_puts(&request, r->path);
	buf_putc(&request, '\n');
	buf_put(&request, r->body.data, r->body.len);
	once->request = arena_bytes(r->arena, request.data, request.len);
	buf_free(&request);
	return true;
}

int
once_find(struct desk *desk, struct once *once)
{
	if (once->key == NULL)
		return 0;
	once->found = idempotency_find(desk, once->key, once->request,
	    &once->status, &once->answer);
	switch (once->found) {
	case REPEAT_NEW:
		return 0;
	case REPEAT_SAME:
	case REPEAT_OTHER:
		return 1;
	case REPEAT_FAULT:
		break;
	}
	return -1;
}

int
once_keep(struct desk *desk, struct once *once, int status, json_t *answer)
{
	char *json = answer == NULL ? NULL : json_dumps(answer, JSON_COMPACT);

	json_decref(answer);
	if (json == NULL)
		return -1;
	once->status = status;
	once->answer = arena_dup(desk->arena, json);
	free(json);
	if (once->key == NULL)
		return 0;
	return idempotency_keep(desk, once->key, once->request, once->booking,
	    status, once->answer);
}

void
once_answer(struct request *r, enum lang lang, const struct once *once)
{
	if (once->found == REPEAT_OTHER)
		api_problem(r, lang, PROBLEM_KEY_USED, NULL);
	else
		api_answer_text(r, once->status, once->answer);
}

static bool
key_fine(const char *key)
{
	size_t len = strlen(key);

	if (len == 0 || len > IDEMPOTENCY_KEY_MAX)
		return false;
	for (; *key != '\0'; key++)
		if (*key < ' ' || *key > '~')
			return false;
	return true;
}
