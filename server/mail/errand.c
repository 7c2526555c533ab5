/* One letter on its way. */
#include "mail/errand.h"

#include <inttypes.h>
#include <string.h>

#include "base/log.h"
#include "mail/maildir.h"
#include "mail/mime.h"
#include "room/mail_address.h"

static bool is_dead(const struct errand *);
static bool compose(struct desk *, const struct config *, struct errand *);
static struct bytes pack(struct arena *, const struct message *);
static bool unpack(struct bytes, struct message *);
static int put_off(struct desk *, const struct outbox *, const char *error);
static struct smtp_answer into_maildir(const struct errand *, const char *dir);
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
errand_take(struct desk *d, const struct config *config, struct errand *e)
{
	int64_t next_at;
	int found;

	while (
	    (found = outbox_take(d, &e->row)) == 1 && !compose(d, config, e)) {
		log_fault("errand.compose", "outbox=%" PRId64 " kind=%s",
		    e->row.id, e->row.kind);
		if (put_off(d, &e->row, "not composed") < 0)
			return -1;
	}
	if (found != 1)
		return found;
	if (outbox_next(d, &next_at) < 0)
		return -1;
	e->last = next_at == AT_NONE || next_at > d->now;
	return 1;
}

void
errand_carry(struct errand *e, const struct config *config, struct smtp *smtp,
    const char *dir)
{
	e->answer = smtp == NULL ? into_maildir(e, dir)
				 : by_smtp(e, config, smtp);
}

int
errand_mark(struct desk *d, const struct config *config, struct errand *e,
    int rest_s)
{
	if (is_dead(e) &&
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
	return put_off(d, &e->row, error_of(e));
}

int
errand_put_back(struct desk *d, const struct errand *e)
{
	return outbox_back(d, e->row.id, d->now, "stopped");
}

void
errand_tell(struct errand *e)
{
	if (e->answer.result == SMTP_DELIVERED)
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

/* The first try's bytes are those of all others. */
static bool
compose(struct desk *d, const struct config *config, struct errand *e)
{
	struct bytes kept;

	if (outbox_open(d, &e->row, &kept) < 0)
		return false;
	if (kept.data != NULL)
		return unpack(kept, &e->message);
	return letter_compose(d, config, &e->row, &e->message) == 0 &&
	    outbox_keep(d, &e->row, pack(d->arena, &e->message)) == 0;
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

static bool
unpack(struct bytes packed, struct message *message)
{
	const char *to = packed.data;
	size_t len = strnlen(to, packed.len) + 1;

	if (len > packed.len)
		return false;
	*message = (struct message) {
		.to = to,
		.bytes = to + len,
		.len = packed.len - len,
	};
	return true;
}

static int
put_off(struct desk *d, const struct outbox *row, const char *error)
{
	int64_t wait_s = outbox_wait_s(row->attempts);

	return outbox_later(d, row->id,
	    wait_s == AT_NONE ? AT_NONE : d->now + wait_s, error);
}

static struct smtp_answer
into_maildir(const struct errand *e, const char *dir)
{
	int put = maildir_put(dir, e->row.message_id, e->message.bytes,
	    e->message.len);

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
