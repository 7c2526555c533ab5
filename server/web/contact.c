/*
 * What she may tell: a name to be called by, an address for letters, their
 * language, a note.  All of it is optional and is kept, sealed, with her
 * hold, so that going back, forward or loading again loses nothing.
 */
#include "web/contact.h"

#include <string.h>

#include "pages.h"
#include "room/mail_address.h"
#include "web/lang.h"

static const struct field fields[CONTACT_FIELDS] = {
	[CONTACT_NAME] = { "name", NAME_MAX_CHARS, false, NULL },
	[CONTACT_MAIL] = { "mail", MAIL_MAX_CHARS, false, NULL },
	[CONTACT_LANG] = { "lang", 8, false, NULL },
	[CONTACT_NOTE] = { "note", NOTE_MAX_CHARS, true, NULL },
};

/* A form on its way to the writer and back. */
struct saving {
	int64_t id;
	struct contact_page page;
	struct contact contact;
	bool extend, write;
	struct share share;
	const char *next;
	enum booked result;
};

static void read_all(struct request *, const struct form *,
    struct contact_page *);
static const char *next_of(struct web *, struct request *);
static void contact_send(struct web *, struct request *, const struct guest *,
    struct contact_page *, int status);
static struct saving *saving_of(struct request *, const struct guest *,
    const struct contact_page *, const char *next);
static web_run saving_run;
static web_done saving_done;

void
contact_show(struct web *web, struct request *request)
{
	struct guest guest;
	struct contact contact;
	struct contact_page p = { 0 };

	if (!guest_find(web, request, &guest))
		return;
	if (guest.stage > STAGE_LAPSED) {
		guest_go_home(request, &guest);
		return;
	}
	if (booking_contact(&guest.desk, &guest.booking, &contact) < 0) {
		page_status(web, request, 500, NULL);
		return;
	}
	p.entries[CONTACT_NAME].value = contact.name;
	p.entries[CONTACT_MAIL].value = contact.mail;
	p.entries[CONTACT_LANG].value = contact.lang;
	p.entries[CONTACT_NOTE].value = contact.note;
	p.access = contact.access;
	p.details = contact.details;
	p.soon = contact.soon;
	contact_send(web, request, &guest, &p, 200);
}

void
contact_save(struct web *web, struct request *request)
{
	struct guest guest;
	struct contact_page p = { 0 };
	struct form *form = guest_post(web, request, &guest);

	if (form == NULL)
		return;
	if (guest.stage > STAGE_LAPSED) {
		guest_go_home(request, &guest);
		return;
	}
	read_all(request, form, &p);
	if (p.errors > 0)
		contact_send(web, request, &guest, &p, 422);
	else
		web_write(web, request, saving_run, saving_done,
		    saving_of(request, &guest, &p, next_of(web, request)));
}

/* Ten more minutes.  From the contact page the form comes along, so that
 * what she has typed so far is not lost. */
void
holds_extend(struct web *web, struct request *request)
{
	struct guest guest;
	struct contact_page p = { 0 };
	struct form *form = guest_post(web, request, &guest);
	struct saving *saving;
	bool typed;

	if (form == NULL)
		return;
	typed = form_nth(form, "mail", 0) != NULL;
	if (typed)
		read_all(request, form, &p);
	saving = saving_of(request, &guest, &p, typed ? "/contact" : "/check");
	saving->extend = true;
	saving->share = guest_share(web, request);
	saving->write = typed && p.errors == 0;
	web_write(web, request, saving_run, saving_done, saving);
}

void
contact_read(struct request *request, const struct form *form,
    struct entry *entries, int *errors)
{
	struct entry *mail = &entries[CONTACT_MAIL];
	struct entry *lang = &entries[CONTACT_LANG];

	*errors = form_check(request, form, fields, CONTACT_FIELDS, entries);
	if (mail->error == TEXT_NONE && mail->value[0] != '\0') {
		mail->error = contact_mail_error(
		    mail_address_clean(request->arena, mail->value));
		*errors += mail->error != TEXT_NONE;
	}
	if (lang->error == TEXT_NONE && lang_by_code(lang->value) == LANGS)
		lang->value = lang_code(LANG_JA);
}

unsigned
contact_read_access(const struct form *form)
{
	unsigned bits = 0;
	const char *name;

	for (size_t i = 0; (name = form_nth(form, "access", i)) != NULL; i++) {
		enum access kind = access_by_name(name);

		if (kind < ACCESS_KINDS)
			bits |= ACCESS_BIT(kind);
	}
	return bits;
}

enum text
contact_access_text(enum access kind)
{
	static const enum text texts[ACCESS_KINDS] = {
		[ACCESS_SIGN] = T_access_sign,
		[ACCESS_INTERPRETER] = T_access_interpreter,
		[ACCESS_WHEELCHAIR] = T_access_wheelchair,
		[ACCESS_CHILD] = T_access_child,
	};

	return texts[kind];
}

enum text
contact_mail_error(const char *mail)
{
	switch (mail_address_check(mail)) {
	case MAIL_FINE:
		return TEXT_NONE;
	case MAIL_AT:
		return T_contact_mail_at;
	case MAIL_LOCAL:
		return T_contact_mail_local;
	case MAIL_DOMAIN:
		return T_contact_mail_domain;
	case MAIL_CHARACTER:
		return T_contact_mail_character;
	case MAIL_LONG:
		break;
	}
	return T_contact_mail_long;
}

static void
read_all(struct request *request, const struct form *form,
    struct contact_page *p)
{
	contact_read(request, form, p->entries, &p->errors);
	p->access = contact_read_access(form);
	p->details = form_nth(form, "details", 0) != NULL;
	p->soon = form_nth(form, "soon", 0) != NULL;
}

static const char *
next_of(struct web *web, struct request *request)
{
	if (!lang_turned(request))
		return "/check";
	return arena_print(request->arena, "/contact?lang=%s",
	    guest_lang(web, request));
}

static void
contact_send(struct web *web, struct request *request,
    const struct guest *guest, struct contact_page *p, int status)
{
	struct page o;

	p->hold = hold_of(guest);
	page_open(&o, web, request, PAGE_VISIT, T_contact_title);
	o.here = "/contact";
	o.typed = "told";
	o.error = p->errors > 0;
	/* Her letters follow a change of the page's language. */
	if (o.chosen)
		p->entries[CONTACT_LANG].value = lang_code(o.lang);
	page_contact(&o, p);
	page_send(&o, status, NULL);
}

static struct saving *
saving_of(struct request *request, const struct guest *guest,
    const struct contact_page *p, const char *next)
{
	struct saving *saving = arena_get(request->arena, sizeof(*saving));

	*saving = (struct saving) {
		.id = guest->booking.id,
		.page = *p,
		.contact = {
			.name = p->entries[CONTACT_NAME].value,
			.lang = p->entries[CONTACT_LANG].value,
			.note = p->entries[CONTACT_NOTE].value,
			.access = p->access,
			.details = p->details,
			.soon = p->soon,
			.entry = "web",
		},
		.write = true,
		.next = next,
	};
	if (p->entries[CONTACT_MAIL].value != NULL)
		saving->contact.mail = mail_address_clean(request->arena,
		    p->entries[CONTACT_MAIL].value);
	return saving;
}

/* An extension that is not to be had is no error: the page shows until when
 * the frame is hers. */
static int
saving_run(struct desk *d, void *arg)
{
	struct saving *s = arg;

	if (s->extend && share_extend(d, &s->share, s->id) < 0)
		return -1;
	if (s->write)
		s->result = booking_write(d, s->id, &s->contact);
	return s->result == BOOKED_FAULT ? -1 : 0;
}

static void
saving_done(struct web *web, struct request *request, void *arg)
{
	struct saving *s = arg;
	struct guest guest;

	if (!guest_find(web, request, &guest))
		return;
	if (guest.stage > STAGE_LAPSED)
		guest_go_home(request, &guest);
	else if (s->page.errors > 0)
		contact_send(web, request, &guest, &s->page, 422);
	else
		page_go(request, s->next, NULL);
}
