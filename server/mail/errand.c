/* One letter on its way. */
#include "mail/errand.h"

#include <inttypes.h>
#include <string.h>

#include "base/log.h"
#include "mail/about.h"
#include "mail/maildir.h"
#include "mail/mime.h"
#include "room/mail_address.h"

static bool is_dead(const struct errand *);
static void compose(struct desk *, const struct config *, struct errand *);
static int keep(struct desk *, const struct config *, const struct errand *);
static struct bytes pack(struct arena *, const struct message *);
static int unpack(struct bytes, struct message *);
static int put_off(struct desk *, struct errand *);
static struct smtp_answer into_maildir(struct errand *, const char *dir);
static struct smtp_answer by_smtp(struct errand *, const struct config *,
    struct smtp *);
static const char *error_of(struct errand *);

struct errand *
errand_open(void)
{
	struct arena *arena = arena_new();
	struct errand *e = arena_get(arena, sizeof(*e));

	*e = (struct errand) { .arena = arena };
	return e;
}

void
errand_close(struct errand *e)
{
	if (e != NULL)
		arena_free(e->arena);
}

int
errand_carry(struct desk *d, const struct config *config, struct errand *e,
    struct smtp *smtp, const char *dir)
{
	int ready;

	if (db_snapshot(d->db) < 0)
		return -1;
	ready = outbox_may_leave(d, &e->row);
	e->untried = ready == 0;
	if (ready == 1)
		compose(d, config, e);
	db_snapshot_end(d->db);
	if (ready == 1 && e->message.bytes != NULL)
		e->answer = smtp == NULL ? into_maildir(e, dir)
					 : by_smtp(e, config, smtp);
	return ready < 0 ? -1 : 0;
}

int
errand_mark(struct desk *d, const struct config *config, struct errand *e,
    int rest_s)
{
	bool dead = !e->untried && is_dead(e);

	if (e->untried)
		return outbox_back(d, e->row.id, e->row.next_at, "");
	if (dead &&
	    (outbox_failed(d, &e->row, e->answer.status) < 0 ||
		(config->alarm_to[0] != '\0' && outbox_alarm(d, &e->row) < 0)))
		return -1;
	switch (e->answer.result) {
	case SMTP_DELIVERED:
		return outbox_sent(d, e->row.id);
	case SMTP_REFUSED:
		return outbox_later(d, e->row.id, AT_NONE, error_of(e));
	case SMTP_AWAY:
		return outbox_back(d, e->row.id, d->now + rest_s, error_of(e));
	case SMTP_LATER:
	case SMTP_UNKNOWN:
		break;
	}
	return !dead && keep(d, config, e) < 0 ? -1 : put_off(d, e);
}

void
errand_tell(struct errand *e)
{
	if (e->untried || e->answer.result == SMTP_DELIVERED)
		return;
	log_fault("courier.letter",
	    "outbox=%" PRId64 " kind=%s attempts=%d error=\"%s\" dead=%d",
	    e->row.id, e->row.kind, e->row.attempts, error_of(e), is_dead(e));
}

/* Given up after this try. */
static bool
is_dead(const struct errand *e)
{
	switch (e->answer.result) {
	case SMTP_REFUSED:
		return true;
	case SMTP_DELIVERED:
	case SMTP_AWAY:
		return false;
	case SMTP_LATER:
	case SMTP_UNKNOWN:
		break;
	}
	return outbox_wait_s(e->row.attempts) == AT_NONE;
}

/* The bytes of a try before are those of all others. */
static void
compose(struct desk *d, const struct config *config, struct errand *e)
{
	struct bytes kept;
	int composed = outbox_open(d, &e->row, &kept);

	if (composed == 0)
		composed = kept.data != NULL
		    ? unpack(kept, &e->message)
		    : letter_compose(d, config, &e->row, &e->message);
	if (composed == 0)
		return;
	log_fault("errand.compose", "outbox=%" PRId64 " kind=%s", e->row.id,
	    e->row.kind);
	e->message.bytes = NULL;
	e->answer = (struct smtp_answer) { SMTP_LATER, 0, "not composed", "" };
}

/* Unless it goes to another address by now, or to nobody. */
static int
keep(struct desk *d, const struct config *config, const struct errand *e)
{
	struct about about = { 0 };

	if (e->row.letter.data != NULL || e->message.bytes == NULL)
		return 0;
	if (about_find(d, config, &e->row, &about) < 0 ||
	    strcmp(about.contact.mail, e->message.to) != 0)
		return 0;
	return outbox_keep(d, &e->row, pack(d->arena, &e->message));
}

/* The recipient's address, a NUL, the message. */
static struct bytes
pack(struct arena *arena, const struct message *message)
{
	size_t to = strlen(message->to) + 1;
	char *packed = arena_get(arena, to + message->len);

	memcpy(packed, message->to, to);
	memcpy(packed + to, message->bytes, message->len);
	return (struct bytes) { packed, to + message->len };
}

static int
unpack(struct bytes packed, struct message *message)
{
	const char *to = packed.data;
	size_t len = strnlen(to, packed.len) + 1;

	if (len > packed.len)
		return -1;
	*message = (struct message) {
		.to = to,
		.bytes = to + len,
		.len = packed.len - len,
	};
	return 0;
}

static int
put_off(struct desk *d, struct errand *e)
{
	int64_t wait_s = outbox_wait_s(e->row.attempts);

	return outbox_later(d, e->row.id,
	    wait_s == AT_NONE ? AT_NONE : d->now + wait_s, error_of(e));
}

static struct smtp_answer
into_maildir(struct errand *e, const char *dir)
{
	int put = maildir_put(dir, e->row.message_id, e->message.bytes,
	    e->message.len);

	e->asked = true;
	return (struct smtp_answer) {
		.result = put == 0 ? SMTP_DELIVERED : SMTP_AWAY,
		.why = "maildir",
	};
}

/* Addresses were checked when they were typed, by the rules of that day. */
static struct smtp_answer
by_smtp(struct errand *e, const struct config *config, struct smtp *smtp)
{
	const struct smtp_letter letter = {
		.from = mime_path(e->arena, config->mail_from),
		.to = mime_path(e->arena, e->message.to),
		.message = { e->message.bytes, e->message.len },
		.last = e->last,
	};

	if (mail_address_check(e->message.to) != MAIL_FINE)
		return (struct smtp_answer) { SMTP_REFUSED, 0, "address", "" };
	e->asked = true;
	return smtp_send(smtp, &letter);
}

/* Codes only: servers like to put addresses into their texts. */
static const char *
error_of(struct errand *e)
{
	const char *where = e->answer.result == SMTP_UNKNOWN ? "unknown " : "";

	if (e->answer.code == 0)
		return arena_print(e->arena, "%s%s", where, e->answer.why);
	return arena_print(e->arena, "%s%s %d%s%s", where, e->answer.why,
	    e->answer.code, e->answer.status[0] == '\0' ? "" : " ",
	    e->answer.status);
}
