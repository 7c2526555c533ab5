/*
 * The letters of a first run, readable in the browser: there is no mail
 * server yet, and whoever tries the room wants to see what it would send.
 * Outside the first run these pages do not exist.
 */
#include "web/mail.h"

#include <string.h>

#include "mail/maildir.h"
#include "mail/reading.h"
#include "pages.h" /* generated */
#include "web/handlers.h"

static bool first_run(struct web *, struct request *);
static const char *maildir(struct page *);

void
mail_list(struct web *web, struct request *request)
{
	struct maildir_entry *entries;
	struct mail_page p = { 0 };
	struct page o;
	int count;

	if (!first_run(web, request))
		return;
	page_open(&o, web, request, PAGE_PUBLIC, T_mail_title);
	o.slim = true;
	count = maildir_list(request->arena, maildir(&o), &entries);
	p.rows = arena_array(request->arena, struct mail_row,
	    (size_t)count + 1);
	for (int i = 0; i < count; i++) {
		char *bytes = maildir_read(request->arena, maildir(&o),
		    entries[i].name);

		if (bytes == NULL)
			continue; /* taken away by a mail program */
		p.rows[p.count++] = (struct mail_row) {
			.name = entries[i].name,
			.letter = reading_of(request->arena, bytes),
		};
	}
	page_mail_list(&o, &p);
	page_send(&o, 200, "Cache-Control: no-store\r\n");
}

void
mail_show(struct web *web, struct request *request)
{
	struct page o;
	char *bytes;

	if (!first_run(web, request))
		return;
	page_open(&o, web, request, PAGE_PUBLIC, T_mail_title);
	o.slim = true;
	bytes = maildir_read(request->arena, maildir(&o),
	    web_parameter(request));
	if (bytes == NULL) {
		buf_free(&o.out);
		page_status(web, request, 404, NULL);
		return;
	}
	struct reading letter = reading_of(request->arena, bytes);
	page_mail_show(&o, &letter);
	page_send(&o, 200, "Cache-Control: no-store\r\n");
}

/* Text whose lines that are an address can be followed. */
void
page_linked(struct page *o, const char *text)
{
	while (*text != '\0') {
		size_t len = strcspn(text, "\r\n");
		bool link = strncmp(text, "http", 4) == 0;
		const char *line = arena_dup_len(o->request->arena, text, len);

		if (link) {
			page_value(o, VALUE((struct raw) { "<a href=\"" }));
			page_value(o, VALUE(line));
			page_value(o, VALUE((struct raw) { "\">" }));
		}
		page_value(o, VALUE(line));
		if (link)
			page_value(o, VALUE((struct raw) { "</a>" }));
		text += len;
		text += *text == '\r';
		if (*text == '\n') {
			page_put(o, "\n", 1);
			text++;
		}
	}
}

static bool
first_run(struct web *web, struct request *request)
{
	if (!web->config->first_run)
		page_status(web, request, 404, NULL);
	return web->config->first_run;
}

static const char *
maildir(struct page *o)
{
	return arena_print(o->request->arena, "%s/mail", o->web->config->var);
}
