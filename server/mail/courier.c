/*
 * The courier.  Its one errand goes loop -> writer (take) -> loop -> worker
 * (deliver) -> loop -> writer (mark) -> loop, and then for the next row.
 */
#include "mail/courier.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/secret.h"
#include "base/smtp.h"
#include "mail/letter.h"
#include "mail/maildir.h"
#include "mail/mime.h"
#include "room/mail_address.h"
#include "room/outbox.h"

#define PASSWORD_MAX 512

struct courier {
	const struct config *config;
	const struct keys *keys;
	const struct clock *clock;
	struct writer *writer;
	struct crew *crew;
	struct smtp *smtp; /* NULL: into the Maildir */
	char *dir;
	bool busy; /* an errand is under way */
	bool again; /* woken while busy */
	bool unmarked; /* carried, but the writer could not take it */
	bool stopping; /* takes no further row */
	struct arena *arena; /* of the errand */
	struct job job;
	struct task task;
	struct outbox row;
	struct message message;
	struct smtp_answer answer;
	bool taken;
	bool last; /* no other row is due */
};

static struct smtp *server_open(const struct config *);
static const char *own_name(struct arena *, const char *url);
static struct desk courier_desk(struct courier *, struct db *);
static int take(struct db *, void *courier);
static bool compose(struct courier *, struct desk *);
static struct bytes pack(struct arena *, const struct message *);
static bool unpack(struct bytes, struct message *);
static void taken(void *courier, enum written);
static void deliver(void *courier);
static struct smtp_answer into_maildir(struct courier *);
static struct smtp_answer by_smtp(struct courier *);
static void carried(void *courier);
static int mark(struct db *, void *courier);
static const char *error_of(struct courier *);
static void marked(void *courier, enum written);
static void rest(struct courier *);

struct courier *
courier_open(const struct config *config, const struct keys *keys,
    const struct clock *clock, struct writer *writer, struct crew *crew)
{
	struct courier *c = mem_get(sizeof(*c));
	struct arena *arena = arena_new();

	*c = (struct courier) {
		.config = config,
		.keys = keys,
		.clock = clock,
		.writer = writer,
		.crew = crew,
		.dir = mem_dup(arena_print(arena, "%s/mail", config->var)),
	};
	if (config_by_smtp(config))
		c->smtp = server_open(config);
	arena_free(arena);
	return c;
}

void
courier_stop(struct courier *c)
{
	if (c == NULL)
		return;
	c->stopping = true;
	smtp_hurry(c->smtp);
}

void
courier_close(struct courier *c)
{
	if (c == NULL)
		return;
	smtp_close(c->smtp);
	arena_free(c->arena);
	free(c->dir);
	free(c);
}

void
courier_wake(struct courier *c)
{
	if (c->unmarked)
		carried(c);
	if (c->stopping)
		return;
	if (c->busy) {
		c->again = true;
		return;
	}
	c->again = false;
	c->arena = arena_new();
	c->job = (struct job) { .run = take, .done = taken, .arg = c };
	c->busy = writer_put(c->writer, &c->job) == 0;
	if (!c->busy)
		rest(c); /* the timer wakes it again */
}

/* Without its password it could never sign in: that ends the start. */
static struct smtp *
server_open(const struct config *config)
{
	struct arena *arena = arena_new();
	char password[PASSWORD_MAX] = "";
	struct smtp *smtp;

	if (config->smtp_password_file[0] != '\0' &&
	    secret_read(config->smtp_password_file, password,
		sizeof(password)) < 0)
		log_die("courier.password", "reason=unreadable");
	password[strcspn(password, "\r\n")] = '\0';
	smtp = smtp_open(&(const struct smtp_server) {
	    .url = config->smtp,
	    .name = own_name(arena, config->public_url),
	    .user = config->smtp_user,
	    .password = password,
	    .authorities = config->smtp_authorities,
	    .plain = config->smtp_plain,
	    .patience_s = config->smtp_patience_s,
	});
	explicit_bzero(password, sizeof(password));
	arena_free(arena);
	return smtp;
}

/* For EHLO: the host of the public address, when it has a name. */
static const char *
own_name(struct arena *arena, const char *url)
{
	const char *host = strstr(url, "://");
	size_t len = host == NULL ? 0 : strcspn(host + 3, ":/");

	return len == 0 || host[3] == '[' ? "localhost"
					  : arena_dup_len(arena, host + 3, len);
}

static struct desk
courier_desk(struct courier *c, struct db *db)
{
	return (struct desk) {
		.db = db,
		.arena = c->arena,
		.keys = c->keys,
		.now = clock_now(c->clock),
		.actor = { .uid = -1 },
	};
}

/* On the writer.  An empty outbox leaves no change behind, so that looking
 * does not count as news. */
static int
take(struct db *db, void *arg)
{
	struct courier *c = arg;
	struct desk d = courier_desk(c, db);
	int64_t changes = db_changes(db), next_at;
	int found = outbox_take(&d, &c->row);

	c->taken = false;
	if (found < 0)
		return -1;
	if (found == 0)
		return db_changes(db) == changes;
	if (outbox_next(&d, &next_at) < 0)
		return -1;
	c->last = next_at == AT_NONE || next_at > d.now;
	c->taken = compose(c, &d);
	if (c->taken)
		return 0;
	return outbox_later(&d, c->row.id, AT_NONE, "not composed");
}

/* The first try's bytes are those of all others. */
static bool
compose(struct courier *c, struct desk *d)
{
	struct bytes kept;

	if (outbox_open(d, &c->row, &kept) < 0)
		return false;
	if (kept.data != NULL)
		return unpack(kept, &c->message);
	return letter_compose(d, c->config, &c->row, &c->message) == 0 &&
	    outbox_keep(d, &c->row, pack(d->arena, &c->message)) == 0;
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

static void
taken(void *arg, enum written written)
{
	struct courier *c = arg;

	if (written != WRITTEN || !c->taken || c->stopping) {
		rest(c);
		return;
	}
	c->task = (struct task) { .run = deliver, .done = carried, .arg = c };
	if (crew_put(c->crew, &c->task) < 0) {
		c->answer = (struct smtp_answer) { SMTP_LATER, 0, "crew" };
		carried(c);
	}
}

/* On a worker. */
static void
deliver(void *arg)
{
	struct courier *c = arg;

	c->answer = c->smtp == NULL ? into_maildir(c) : by_smtp(c);
}

static struct smtp_answer
into_maildir(struct courier *c)
{
	int put = maildir_put(c->dir, c->row.message_id, c->message.bytes,
	    c->message.len);

	return (struct smtp_answer) {
		.result = put == 0 ? SMTP_DELIVERED : SMTP_LATER,
		.why = "maildir",
	};
}

/* Addresses were checked when they were typed, by the rules of that day. */
static struct smtp_answer
by_smtp(struct courier *c)
{
	const struct smtp_letter letter = {
		.from = mime_path(c->arena, c->config->mail_from),
		.to = mime_path(c->arena, c->message.to),
		.message = { c->message.bytes, c->message.len },
		.last = c->last,
	};

	if (mail_address_check(c->message.to) != MAIL_FINE)
		return (struct smtp_answer) { SMTP_REFUSED, 0, "address" };
	return smtp_send(c->smtp, &letter);
}

static void
carried(void *arg)
{
	struct courier *c = arg;

	c->job = (struct job) { .run = mark, .done = marked, .arg = c };
	c->unmarked = writer_put(c->writer, &c->job) < 0;
}

/* On the writer. */
static int
mark(struct db *db, void *arg)
{
	struct courier *c = arg;
	struct desk d = courier_desk(c, db);
	int64_t wait_s = outbox_wait_s(c->row.attempts);

	switch (c->answer.result) {
	case SMTP_DELIVERED:
		return outbox_sent(&d, c->row.id);
	case SMTP_REFUSED:
		return outbox_later(&d, c->row.id, AT_NONE, error_of(c));
	case SMTP_LATER:
	case SMTP_UNKNOWN:
		break;
	}
	return outbox_later(&d, c->row.id,
	    wait_s == AT_NONE ? AT_NONE : d.now + wait_s, error_of(c));
}

/* Codes only: servers like to put addresses into their texts. */
static const char *
error_of(struct courier *c)
{
	const char *where = c->answer.result == SMTP_UNKNOWN ? "unknown " : "";

	if (c->answer.code == 0)
		return arena_print(c->arena, "%s%s", where, c->answer.why);
	return arena_print(c->arena, "%s%s %d", where, c->answer.why,
	    c->answer.code);
}

static void
marked(void *arg, enum written written)
{
	struct courier *c = arg;

	if (written != WRITTEN) {
		log_fault("courier.mark", "outbox=%" PRId64, c->row.id);
		c->unmarked = !c->stopping; /* the next waking tries again */
		return;
	}
	if (c->answer.result != SMTP_DELIVERED)
		log_fault("courier.letter",
		    "outbox=%" PRId64 " kind=%s attempts=%d error=\"%s\" "
		    "dead=%d",
		    c->row.id, c->row.kind, c->row.attempts, error_of(c),
		    c->answer.result == SMTP_REFUSED ||
			outbox_wait_s(c->row.attempts) == AT_NONE);
	c->again = true;
	rest(c);
}

/* The errand is over; goes for the next one when there may be one. */
static void
rest(struct courier *c)
{
	arena_free(c->arena);
	c->arena = NULL;
	c->busy = false;
	if (c->again)
		courier_wake(c);
}
