/*
 * Composing letters.  The message is an alternative of text, HTML and, where
 * a calendar has something to learn, calendar, beside the same calendar bytes
 * as a file: what Gmail, Outlook, Apple Mail and Thunderbird together want.
 */
#include "mail/letter.h"

#include <inttypes.h>
#include <string.h>

#include "base/dates.h"
#include "base/log.h"
#include "calendar/ics.h"
#include "letters.h" /* generated from the .txt templates of client/pages */
#include "mail/about.h"
#include "mail/html.h"
#include "mail/mime.h"
#include "mail/tell.h"
#include "room/notice.h"
#include "room/offer.h"
#include "room/place.h"
#include "room/stop.h"
#include "room/words.h"

#define LETTER_MAX ((size_t)64 << 10)
#define CALLED_OFF "called_off" /* a cancellation that was not her wish */

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
	{ CALLED_OFF, T_letter_called_off_subject, letter_called_off,
	    ICAL_AS_CANCEL },
	{ "reminder", T_letter_reminder_subject, letter_reminder, ICAL_NONE },
	{ "soon", T_letter_soon_subject, letter_soon, ICAL_NONE },
	{ "offer", T_letter_offer_subject, letter_offer, ICAL_NONE },
	{ "come", T_tidings_come_subject, letter_come, ICAL_NONE },
	{ "moved", T_tidings_moved_subject, letter_moved, ICAL_NONE },
	{ "gone", T_tidings_gone_subject, letter_gone, ICAL_NONE },
	{ "closed", T_tidings_closed_subject, letter_closed, ICAL_NONE },
	{ "digest", T_tidings_digest_subject, letter_digest, ICAL_NONE },
	{ "alarm", T_letters_alarm_subject, letter_alarm, ICAL_NONE },
	{ "attention", T_letters_attention_subject, letter_attention,
	    ICAL_NONE },
};

/* What a letter consists of. */
struct parts {
	const char *text, *html;
	const char *calendar; /* or NULL */
	enum ical_method method;
};

static int fill(struct desk *, const struct config *, const struct outbox *,
    const struct about *, struct letter_page *);
static const struct kind *kind_of(const struct outbox *,
    const struct booking *);
static const struct kind *kind_named(const char *name);
static const char *greeting_of(const char *name);
static struct letter_page page_of(struct desk *, const struct config *,
    const struct about *);
static struct letter_page alarm_page(struct desk *, const struct config *,
    const struct about *);
static void add_details(struct desk *, const struct about *,
    struct letter_page *);
static void add_offer(struct desk *, const struct config *,
    const struct about *, struct letter_page *);
static void headers(struct buf *, struct desk *, const struct config *,
    const struct outbox *, const struct about *, const char *subject);
static void put_stop(struct buf *, struct desk *, const struct config *,
    enum stop_kind, int64_t id);
static void body(struct buf *, struct desk *, const struct outbox *,
    const struct parts *);
static void either(struct buf *, struct desk *, const struct outbox *,
    const struct parts *);

int
letter_compose(struct desk *d, const struct config *config,
    const struct outbox *row, struct message *message)
{
	struct about about = { 0 };
	const struct kind *kind;
	struct letter_page page;
	struct parts parts = { 0 };
	struct buf out;
	const char *subject;

	if (about_find(d, config, row, &about) < 0 ||
	    fill(d, config, row, &about, &page) < 0)
		return -1;
	kind = kind_of(row, &about.booking);
	if (kind == NULL)
		return -1;
	parts.text = letter_print(d->arena, kind->name, about.lang, &page,
	    &subject);
	if (parts.text == NULL)
		return -1;
	parts.html = html_letter(d->arena, about.lang, subject, parts.text);
	parts.method = kind->method;
	if (kind->method != ICAL_NONE)
		parts.calendar = ics_booking(d, &about.booking, about.lang,
		    kind->method, config->mail_from, about.contact.mail);
	buf_init(&out, 8 * LETTER_MAX);
	headers(&out, d, config, row, &about, subject);
	body(&out, d, row, &parts);
	*message = (struct message) {
		.to = about.contact.mail,
		.bytes = buf_keep(&out, d->arena),
		.len = out.len,
	};
	bool full = out.full;
	buf_free(&out);
	if (full)
		log_fault("letter.full", "outbox=%" PRId64 " kind=%s", row->id,
		    row->kind);
	return full ? -1 : 0;
}

const char *
letter_print(struct arena *arena, const char *name, enum lang lang,
    const struct letter_page *page, const char **subject)
{
	const struct kind *kind = kind_named(name);
	struct letter letter = { .lang = lang };
	const char *text = NULL;

	if (kind == NULL)
		return NULL;
	buf_init(&letter.out, LETTER_MAX);
	kind->write(&letter, page);
	*subject = text_of(lang, kind->subject);
	if (!letter.out.full)
		text = buf_keep(&letter.out, arena);
	buf_free(&letter.out);
	return text;
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
	if (strcmp(row->kind, "cancelled") == 0 && b->closure != 0)
		return kind_named(CALLED_OFF);
	return kind_named(row->kind);
}

static const struct kind *
kind_named(const char *name)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strcmp(kinds[i].name, name) == 0)
			return &kinds[i];
	log_fault("letter.kind", "kind=%s", name);
	return NULL;
}

static int
fill(struct desk *d, const struct config *config, const struct outbox *row,
    const struct about *a, struct letter_page *page)
{
	if (a->tidings.id != 0)
		return tell_page(d, config, row, a->lang, page);
	*page = a->staff != NULL ? alarm_page(d, config, a)
				 : page_of(d, config, a);
	return 0;
}

static struct letter_page
page_of(struct desk *d, const struct config *config, const struct about *a)
{
	const struct booking *b = &a->booking;
	bool online = strcmp(b->channel, CHANNEL_ONLINE) == 0;
	struct letter_page page = {
		.name = greeting_of(a->contact.name),
		.day = dates_day(d->arena, a->lang, when_day(b->starts_at)),
		.time = dates_span(d->arena, a->lang, b->starts_at, b->ends_at),
		.channel = text_of(a->lang,
		    online ? T_letter_online : T_letter_in_person),
		.code = booking_code_print(d->arena, b->code),
		.slots_url = arena_print(d->arena, "%s/slots",
		    config->public_url),
	};

	if (a->contact.details)
		add_details(d, a, &page);
	if (a->offer.id != 0)
		add_offer(d, config, a, &page);
	else
		page.manage_url = arena_print(d->arena, "%s/manage/%s",
		    config->public_url, booking_manage_token(d, b));
	return page;
}

static struct letter_page
alarm_page(struct desk *d, const struct config *config, const struct about *a)
{
	return (struct letter_page) {
		.staff_url = arena_print(d->arena, "%s%s", config->public_url,
		    a->staff),
	};
}

static void
add_details(struct desk *d, const struct about *a, struct letter_page *page)
{
	const struct booking *b = &a->booking;
	const char *lang = lang_code(a->lang);
	bool online = strcmp(b->channel, CHANNEL_ONLINE) == 0;

	page->details = true;
	page->theme.text = words_get(d, b->theme, "title", lang).body;
	page->advisor.text = words_get(d, b->advisor, "profession", lang).body;
	page->place.text = online ? ""
				  : words_get(d, b->place, "name", lang).body;
}

static void
add_offer(struct desk *d, const struct config *config, const struct about *a,
    struct letter_page *page)
{
	int64_t until_at = a->offer.expires_at;

	page->offer_url = arena_print(d->arena, "%s/offers/%s",
	    config->public_url, offer_token(d, &a->offer));
	page->until = arena_print(d->arena, "%s %s",
	    dates_day(d->arena, a->lang, when_day(until_at)),
	    dates_clock(d->arena, until_at));
	page->shared = a->offer.shared;
	page->last = a->wish.unanswered == OFFER_UNANSWERED - 1;
	page->moving = a->wish.booking != 0;
}

/* Anybody may book with somebody else's address: a name that could be read
 * as a link is not repeated to her. */
static const char *
greeting_of(const char *name)
{
	return strpbrk(name, ":/.@") == NULL ? name : "";
}

/* Message-ID stays the same over all tries of a row.  All letters about a
 * booking answer its first one, so that mail programs show one thread. */
static void
headers(struct buf *out, struct desk *d, const struct config *config,
    const struct outbox *row, const struct about *about, const char *subject)
{
	const char *at = strchr(config->mail_from, '@');
	const char *host = at == NULL ? "localhost" : at + 1;

	mime_mailbox(out, d->arena, "From", config->mail_name,
	    config->mail_from);
	mime_mailbox(out, d->arena, "To", "", about->contact.mail);
	mime_header(out, d->arena, "Subject", subject);
	mime_date(out, d->now);
	buf_printf(out, "Message-ID: <%s@%s>\r\n", row->message_id, host);
	if (about->thread != NULL)
		buf_printf(out,
		    "In-Reply-To: <%s@%s>\r\nReferences: <%s@%s>\r\n",
		    about->thread, host, about->thread, host);
	if (about->offer.id != 0)
		put_stop(out, d, config, STOP_WISH, about->wish.id);
	if (about->tidings.id != 0)
		put_stop(out, d, config,
		    strcmp(row->kind, NOTICE_DIGEST) == 0 ? STOP_DIGEST
							  : STOP_NOTICES,
		    about->tidings.id);
	buf_puts(out,
	    "Auto-Submitted: auto-generated\r\n"
	    "MIME-Version: 1.0\r\n");
}

/* So that a mail program can offer to stop what nobody is bound to read
 * (RFC 2369 3.2, at one press: RFC 8058 3.1).  Letters about a booking are
 * the transaction itself and have no such lines; an alarm is stopped in the
 * configuration. */
static void
put_stop(struct buf *out, struct desk *d, const struct config *config,
    enum stop_kind kind, int64_t id)
{
	buf_printf(out,
	    "List-Unsubscribe:\r\n <%s/stop/%s>\r\n"
	    "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n",
	    config->public_url, stop_token(d, kind, id));
}

static void
body(struct buf *out, struct desk *d, const struct outbox *row,
    const struct parts *parts)
{
	const char *mixed = arena_print(d->arena, "=_m_%s", row->message_id);

	if (parts->calendar == NULL) {
		either(out, d, row, parts);
		return;
	}
	buf_printf(out,
	    "Content-Type: multipart/mixed;\r\n boundary=\"%s\"\r\n"
	    "\r\n--%s\r\n",
	    mixed, mixed);
	either(out, d, row, parts);
	buf_printf(out, "--%s\r\n", mixed);
	mime_part(out, d->arena, "application/ics; name=invite.ics",
	    "attachment; filename=invite.ics", parts->calendar);
	buf_printf(out, "--%s--\r\n", mixed);
}

/* Text, HTML and calendar say the same; the last that a program knows is
 * shown (RFC 2046 5.1.4). */
static void
either(struct buf *out, struct desk *d, const struct outbox *row,
    const struct parts *parts)
{
	const char *edge = arena_print(d->arena, "=_a_%s", row->message_id);

	buf_printf(out,
	    "Content-Type: multipart/alternative;\r\n boundary=\"%s\"\r\n"
	    "\r\n--%s\r\n",
	    edge, edge);
	mime_part(out, d->arena, "text/plain; charset=UTF-8", NULL,
	    parts->text);
	buf_printf(out, "--%s\r\n", edge);
	mime_part(out, d->arena, "text/html; charset=UTF-8", NULL, parts->html);
	if (parts->calendar != NULL) {
		buf_printf(out, "--%s\r\n", edge);
		mime_part(out, d->arena,
		    parts->method == ICAL_AS_CANCEL
			? "text/calendar; charset=UTF-8; method=CANCEL"
			: "text/calendar; charset=UTF-8; method=REQUEST",
		    NULL, parts->calendar);
	}
	buf_printf(out, "--%s--\r\n", edge);
}
