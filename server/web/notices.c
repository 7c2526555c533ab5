/*
 * Pages whose text is the room's own, from its room file: what is done with
 * personal data, for whom the pages are made, whom to call at once.  Without
 * a text there is no such page, and no link to it.
 */
#include "web/notices.h"

#include <string.h>

#include "base/text.h"
#include "pages.h" /* generated */
#include "room/policy.h"
#include "room/words.h"
#include "web/handlers.h"

static void show(struct web *, struct request *, enum text title,
    const char *field);

void
privacy_show(struct web *web, struct request *request)
{
	show(web, request, T_notice_privacy, "privacy");
}

void
accessibility_show(struct web *web, struct request *request)
{
	show(web, request, T_notice_accessibility, "accessibility");
}

void
crisis_show(struct web *web, struct request *request)
{
	show(web, request, T_notice_crisis, "crisis");
}

void
page_paragraphs(struct page *o, int64_t owner, const char *field)
{
	const char *code = lang_code(o->lang);
	struct words words = words_get(&o->desk, owner, field, code);
	char *rest = arena_dup(o->desk.arena, words.body);

	if (strcmp(words.lang, code) != 0)
		buf_printf(&o->out, "<div lang=\"%s\">\n", words.lang);
	for (char *line; (line = strsep(&rest, "\n")) != NULL;) {
		bool heading = strncmp(line, "# ", 2) == 0;
		const char *text = text_trim(o->desk.arena,
		    heading ? line + 2 : line);

		if (*text == '\0')
			continue;
		buf_puts(&o->out, heading ? "<h2>" : "<p>");
		page_value(o, VALUE((struct ruby) { text }));
		buf_puts(&o->out, heading ? "</h2>\n" : "</p>\n");
	}
	if (strcmp(words.lang, code) != 0)
		buf_puts(&o->out, "</div>\n");
}

static void
show(struct web *web, struct request *request, enum text title,
    const char *field)
{
	struct page o;

	page_open(&o, web, request, PAGE_PUBLIC, title);
	if (!page_has_words(&o, ROOM_ID, field)) {
		buf_free(&o.out);
		page_status(web, request, 404, NULL);
		return;
	}
	o.slim = true;
	page_notice(&o, &(struct notice_page) { title, field });
	page_send(&o, 200, NULL);
}
