/*
 * The room as a text that people edit: read it, load it.
 */
#include <string.h>
#include <strings.h>

#include "api/api.h"
#include "base/text.h"
#include "room/audit.h"
#include "room/roomfile.h"
#include "web/form.h"

struct load {
	enum lang lang;
	struct asker asker;
	const char *text;
	bool prune;
	struct roomfile_result result;
};

static web_run load_run;
static web_done load_done;
static bool is_plain(const char *type);

/* GET /api/v1/room */
void
api_room_dump(struct web *w, struct request *r)
{
	struct desk desk = web_desk(w, r);
	struct asker asker;
	const char *text;

	if (!api_asker(w, r, RIGHT_ROOM, &asker))
		return;
	text = roomfile_dump(&desk);
	if (text == NULL) {
		api_problem(r, api_lang(r), PROBLEM_FAULT, NULL);
		return;
	}
	struct reply reply = {
		.status = 200,
		.type = "text/plain; charset=utf-8",
		.body = { text, strlen(text) },
		.headers = "Cache-Control: no-store\r\n",
	};
	http_answer(r, &reply);
}

/* PUT /api/v1/room?prune=1 */
void
api_room_load(struct web *w, struct request *r)
{
	struct load *load = arena_get(r->arena, sizeof(*load));
	const struct form *query = form_query(r);

	load->lang = api_lang(r);
	if (!api_asker(w, r, RIGHT_ROOM, &load->asker))
		return;
	if (r->body.len == 0) {
		api_problem(r, load->lang, PROBLEM_NO_BODY, NULL);
		return;
	}
	if (!is_plain(http_header(r, "content-type"))) {
		api_problem(r, load->lang, PROBLEM_MEDIA_TYPE, NULL);
		return;
	}
	if (query == NULL || !text_valid(r->body.data, r->body.len)) {
		api_problem(r, load->lang, PROBLEM_MALFORMED, NULL);
		return;
	}
	load->text = arena_dup_len(r->arena, r->body.data, r->body.len);
	load->prune = strcmp(form_get(query, "prune"), "1") == 0;
	web_write(w, r, load_run, load_done, load);
}

static int
load_run(struct desk *desk, void *arg)
{
	struct load *load = arg;
	int wrong;

	wrong = roomfile_load(desk, load->text, load->prune, &load->result);
	if (wrong != 0)
		return wrong;
	return audit_write(desk, "load_room", 0);
}

static void
load_done(struct web *w, struct request *r, void *arg)
{
	const struct load *load = arg;
	const struct roomfile_result *result = &load->result;

	(void)w;
	if (result->error != NULL)
		api_problem(r, load->lang, PROBLEM_ROOM_FILE,
		    json_pack("{s:s}", "reason", result->error));
	else
		api_answer(r, 200,
		    json_pack("{s:i, s:i, s:i, s:i, s:i, s:i}", "themes",
			result->themes, "advisors", result->advisors, "places",
			result->places, "openings", result->openings,
			"closures", result->closures, "sessions",
			result->sessions));
}

static bool
is_plain(const char *type)
{
	static const char plain[] = "text/plain";
	size_t len = sizeof(plain) - 1;

	return type != NULL && strncasecmp(type, plain, len) == 0 &&
	    strchr("; \t", type[len]) != NULL;
}
