/*
 * Calls of the JSON API over the operator's socket, and how a refusal is
 * told: its detail to people, its code in the exit status.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

#include "base/fetch.h"
#include "ctl.h"

#define ANSWER_MAX ((size_t)4 << 20)
#define TRIES 3
#define HEADERS_MAX 5

struct call {
	const char *method, *path;
	const char *type; /* of the body */
	struct bytes body;
};

static int call(struct ctl *, const struct call *, struct fetched *);
static const char *random_key(struct ctl *);
static void pause_before(int try);
static int refused(struct ctl *, const struct fetched *);
static int parse(const struct fetched *, json_t **answer);

int
call_json(struct ctl *ctl, const char *method, const char *path, json_t *body,
    json_t **answer)
{
	struct call wanted = { .method = method, .path = path };
	struct fetched got;
	char *text = body == NULL ? NULL : json_dumps(body, JSON_COMPACT);
	int status;

	if (body != NULL && text == NULL) {
		fputs("hokenctl: an argument is not UTF-8\n", stderr);
		json_decref(body);
		return MISUSED;
	}
	json_decref(body);
	if (text != NULL) {
		wanted.type = "application/json";
		wanted.body = (struct bytes) { text, strlen(text) };
	}
	status = call(ctl, &wanted, &got);
	free(text);
	return status == DONE ? parse(&got, answer) : status;
}

int
call_text(struct ctl *ctl, const char *method, const char *path,
    const char *text, json_t **answer, const char **answer_text)
{
	struct call wanted = { .method = method, .path = path };
	struct fetched got;
	int status;

	if (text != NULL) {
		wanted.type = "text/plain; charset=utf-8";
		wanted.body = (struct bytes) { text, strlen(text) };
	}
	status = call(ctl, &wanted, &got);
	if (status != DONE)
		return status;
	if (answer_text != NULL)
		*answer_text = got.body.data;
	return answer == NULL ? DONE : parse(&got, answer);
}

static int
call(struct ctl *ctl, const struct call *wanted, struct fetched *got)
{
	const char *headers[HEADERS_MAX] = { arena_print(ctl->arena,
	    "Accept-Language: %s", ctl->lang) };
	struct fetch fetching = {
		.method = wanted->method,
		.url = arena_print(ctl->arena, "http://localhost/api/v1%s",
		    wanted->path),
		.socket = ctl->socket,
		.headers = headers,
		.body = wanted->body,
		.deadline_s = ctl->deadline_s,
		.most_bytes = ANSWER_MAX,
	};
	enum fetch_result result;
	const char *why;

	if (wanted->type != NULL)
		headers[1] = arena_print(ctl->arena, "Content-Type: %s",
		    wanted->type);
	if (strcmp(wanted->method, "POST") == 0)
		headers[2] = random_key(ctl);
	result = fetch(ctl->arena, &fetching, got, &why);
	/* The key makes sure that what arrived twice happens once. */
	for (int try = 1; result == FETCH_LOST && try < TRIES; try++) {
		pause_before(try);
		result = fetch(ctl->arena, &fetching, got, &why);
	}
	if (result == FETCH_UNREACHED)
		why = arena_print(ctl->arena,
		    "%s; -s names the socket of a running hokend",
		    access(ctl->socket, R_OK | W_OK) < 0
			? strerror(errno)
			: "nobody answers there");
	if (result != FETCHED) {
		fprintf(stderr, "hokenctl: %s: %s\n", ctl->socket, why);
		return REFUSED;
	}
	return got->status < 300 ? DONE : refused(ctl, got);
}

static const char *
random_key(struct ctl *ctl)
{
	unsigned char random[16];
	char hex[2 * sizeof(random) + 1];

	if (getrandom(random, sizeof(random), 0) != sizeof(random))
		abort(); /* cannot be: short reads end at 256 bytes */
	for (size_t i = 0; i < sizeof(random); i++)
		snprintf(hex + 2 * i, 3, "%02x", random[i]);
	return arena_print(ctl->arena, "Idempotency-Key: %s", hex);
}

static void
pause_before(int try)
{
	struct timespec pause = { .tv_nsec = 300000000L * try };

	nanosleep(&pause, NULL);
}

/* Tells a problem (RFC 9457) and gives the exit status for it. */
static int
refused(struct ctl *ctl, const struct fetched *got)
{
	json_t *problem = json_loadb(got->body.data, got->body.len, 0, NULL);
	json_t *error;
	size_t i;
	bool taken = strcmp(member(problem, "code"), "taken") == 0;

	if (*member(problem, "detail") == '\0')
		fprintf(stderr, "hokenctl: HTTP status %d\n", got->status);
	else
		fprintf(stderr, "hokenctl: %s\n", member(problem, "detail"));
	if (*member(problem, "reason") != '\0')
		fprintf(stderr, "hokenctl: %s\n", member(problem, "reason"));
	json_array_foreach (json_object_get(problem, "errors"), i, error) {
		fprintf(stderr, "hokenctl: %s: %s\n", member(error, "field"),
		    member(error, "detail"));
	}
	if (ctl->json && problem != NULL)
		show_json(json_incref(problem));
	else
		show_slots(ctl, json_object_get(problem, "alternatives"), true);
	json_decref(problem);
	return taken ? TAKEN : REFUSED;
}

static int
parse(const struct fetched *got, json_t **answer)
{
	*answer = json_loadb(got->body.data, got->body.len, 0, NULL);
	if (*answer != NULL)
		return DONE;
	fputs("hokenctl: the answer is not JSON\n", stderr);
	return REFUSED;
}
