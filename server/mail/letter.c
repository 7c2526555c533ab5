/*
 * Composing letters.  The message is multipart/mixed of an alternative
 * (text, calendar) and the same calendar bytes as a file: what Gmail,
 * Outlook, Apple Mail and Thunderbird together want.  Reminders carry no
 * calendar part.
 */
#include "mail/letter.h"

#include <inttypes.h>
#include <string.h>

#include "base/dates.h"
#include "base/log.h"
#include "calendar/ics.h"
#include "letters.h" /* generated from the .txt templates of client/pages */
#include "mail/mime.h"
#include "room/place.h"

#define LETTER_MAX ((size_t)64 << 10)

/* One kind of letter: its row in the outbox, subject, text, calendar. */
struct kind {
	const char *name;
	enum text subject;
	void (*write)(struct letter *, const struct letter_page *);
	enum ical_method method; /* ICAL_NONE: no calendar part */
};

static const struct kind kinds[] = {
	{ "confirmation", T_letter_confirmation_subject, letter_confirmation,
	    ICAL_AS_REQUEST },
	{ "changed", T_letter_changed_subject, letter_changed,
	    ICAL_AS_REQUEST },
	{ "cancelled", T_letter_cancelled_subject, letter_cancelled,
	    ICAL_AS_CANCEL },
	{ "reminder", T_letter_reminder_subject, letter_reminder, ICAL_NONE },
};

/* A cancellation that was not her wish. */
static const struct kind called_off = {
	"cancelled",
	T_letter_called_off_subject,
	letter_called_off,
	ICAL_AS_CANCEL,
};

static const struct kind *kind_of(const struct outbox *,
    const struct booking *);
static const char *greeting_of(const char *name);
static struct letter_page page_of(struct desk *, const struct config *,
    const struct booking *, const struct contact *, enum lang);
static void headers(struct buf *, struct desk *, const struct config *,
    const struct outbox *, const struct booking *, const char *to,
    const char *subject);
static void body(struct buf *, struct desk *, const struct outbox *,
    const char *text, const char *calendar, enum ical_method);

int
letter_compose(struct desk *d, const struct config *config,
    const struct outbox *row, const struct booking *b, struct message *message)
{
	const struct kind *kind = kind_of(row, b);
	enum lang lang = lang_by_code(b->lang);
	struct letter letter = { .lang = lang == LANGS ? LANG_JA : lang };
	struct contact contact;
	struct letter_page page;
	struct buf out;
	char *calendar = NULL;

	if (kind == NULL || booking_contact(d, b, &contact) < 0)
		return -1;
	page = page_of(d, config, b, &contact, letter.lang);
	buf_init(&letter.out, LETTER_MAX);
	kind->write(&letter, &page);
	if (kind->method != ICAL_NONE)
		calendar = ics_booking(d, b, letter.lang, kind->method,
		    config->mail_from, contact.mail);
	buf_init(&out, 4 * LETTER_MAX);
	headers(&out, d, config, row, b, contact.mail,
	    text_of(letter.lang, kind->subject));
	body(&out, d, row, letter.out.data, calendar, kind->method);
	*message = (struct message) {
		.to = contact.mail,
		.bytes = buf_keep(&out, d->arena),
		.len = out.len,
	};
	bool full = out.full || letter.out.full;
	buf_free(&letter.out);
	buf_free(&out);
	if (full)
		log_fault("letter.full", "booking=%" PRId64 " kind=%s", b->id,
		    row->kind);
	return full ? -1 : 0;
}

void
letter_put(struct letter *letter, const char *text, size_t len)
{
	buf_put(&letter->out, text, len);
}

void
letter_value(struct letter *letter, struct value value)
{
	value_print(&letter->out, value, AS_PLAIN);
}

void
letter_text(struct letter *letter, enum text text, const struct value *values,
    size_t count)
{
	value_fill(&letter->out, text_of(letter->lang, text), values, count,
	    AS_PLAIN);
}

static const struct kind *
kind_of(const struct outbox *row, const struct booking *b)
{
	if (strcmp(row->kind, called_off.name) == 0 && b->closure != 0)
		return &called_off;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strcmp(kinds[i].name, row->kind) == 0)
			return &kinds[i];
	log_fault("letter.kind", "kind=%s", row->kind);
	return NULL;
}

static struct letter_page
page_of(struct desk *d, const struct config *config, const struct booking *b,
    const struct contact *contact, enum lang lang)
{
	bool online = strcmp(b->channel, CHANNEL_ONLINE) == 0;

	return (struct letter_page) {
		.name = greeting_of(contact->name),
		.day = dates_day(d->arena, lang, when_day(b->starts_at)),
		.time = dates_span(d->arena, lang, b->starts_at, b->ends_at),
		.channel = text_of(lang,
		    online ? T_letter_online : T_letter_in_person),
		.code = booking_code_print(d->arena, b->code),
		.manage_url = arena_print(d->arena, "%s/manage/%s",
		    config->public_url, booking_manage_token(d, b)),
		.slots_url = arena_print(d->arena, "%s/slots",
		    config->public_url),
	};
}

/* Anybody may book with somebody else's address: a name that could be read
 * as a link is not repeated to her. */
static const char *
greeting_of(const char *name)
{
	return strpbrk(name, ":/.@") == NULL ? name : "";
}

/* Message-ID stays the same over all tries of a row.  All letters about a
 * booking refer to its UID, so that mail programs show them as one thread. */
static void
headers(struct buf *out, struct desk *d, const struct config *config,
    const struct outbox *row, const struct booking *b, const char *to,
    const char *subject)
{
	const char *at = strchr(config->mail_from, '@');
	const char *host = at == NULL ? "localhost" : at + 1;

	mime_mailbox(out, d->arena, "From", config->mail_name,
	    config->mail_from);
	mime_mailbox(out, d->arena, "To", "", to);
	mime_header(out, d->arena, "Subject", subject);
	mime_date(out, d->now);
	buf_printf(out, "Message-ID: <%s@%s>\r\n", row->message_id, host);
	buf_printf(out, "References: <%s>\r\n", b->uid);
	buf_puts(out,
	    "Auto-Submitted: auto-generated\r\n"
	    "MIME-Version: 1.0\r\n");
}

static void
body(struct buf *out, struct desk *d, const struct outbox *row,
    const char *text, const char *calendar, enum ical_method method)
{
	const char *mixed = arena_print(d->arena, "=_m_%s", row->message_id);
	const char *either = arena_print(d->arena, "=_a_%s", row->message_id);

	if (calendar == NULL) {
		mime_part(out, d->arena, "text/plain; charset=UTF-8", NULL,
		    text);
		return;
	}
	buf_printf(out,
	    "Content-Type: multipart/mixed; boundary=\"%s\"\r\n"
	    "\r\n--%s\r\n",
	    mixed, mixed);
	buf_printf(out,
	    "Content-Type: multipart/alternative; boundary=\"%s\"\r\n"
	    "\r\n--%s\r\n",
	    either, either);
	mime_part(out, d->arena, "text/plain; charset=UTF-8", NULL, text);
	buf_printf(out, "--%s\r\n", either);
	mime_part(out, d->arena,
	    method == ICAL_AS_CANCEL
		? "text/calendar; charset=UTF-8; method=CANCEL"
		: "text/calendar; charset=UTF-8; method=REQUEST",
	    NULL, calendar);
	buf_printf(out, "--%s--\r\n--%s\r\n", either, mixed);
	mime_part(out, d->arena, "application/ics; name=invite.ics",
	    "attachment; filename=invite.ics", calendar);
	buf_printf(out, "--%s--\r\n", mixed);
}
