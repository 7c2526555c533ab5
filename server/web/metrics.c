/*
 * What the operator watches.  /healthz tells everybody whether the house can
 * serve; /metrics (Prometheus text format 0.0.4) is for the operator alone,
 * on the socket or on a port of this machine.  Both hold counts and times,
 * nothing of a visit.
 */
#include "web/metrics.h"

#include <dirent.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "room/queue.h"
#include "room/unreachable.h"
#include "web/handlers.h"

#define WRITER_PATIENCE_MS 10000
#define METRICS_MAX 65536
#define NO_STORE "Cache-Control: no-store\r\n"

static const char *web_unwell(struct web *);
static void tell(struct request *, int status, const char *type,
    const char *text);
static void answer_metrics(struct web *, struct request *);
static void put_http(struct buf *, const struct http_figures *);
static void put_writer(struct buf *, struct writer *);
static void put_room(struct buf *, struct web *, struct request *);
static void put_files(struct buf *, struct web *, struct arena *);
static void put_process(struct buf *);
static void gauge(struct buf *, const char *name, const char *help, int64_t);
static void counter(struct buf *, const char *name, const char *help, uint64_t);

/* NULL when it can serve, else in a few words why not. */
static const char *
web_unwell(struct web *web)
{
	if (web->health.damaged)
		return "the database is damaged";
	if (writer_figures(web->writer).busy_ms > WRITER_PATIENCE_MS)
		return "the writer is stuck";
	if (db_snapshot(web->read) < 0)
		return "the database cannot be read";
	db_snapshot_end(web->read);
	return NULL;
}

/* GET /healthz */
void
health_get(struct web *web, struct request *request)
{
	const char *why = web_unwell(web);

	if (why == NULL)
		tell(request, 200, "text/plain; charset=utf-8", "ok\n");
	else
		tell(request, 503, "text/plain; charset=utf-8",
		    arena_print(request->arena, "%s\n", why));
}

/* GET /metrics: on the public address there is no such page. */
void
metrics_get(struct web *web, struct request *request)
{
	if (request->peer.operator)
		answer_metrics(web, request);
	else
		web_fault(web, request, 404, NULL);
}

void
web_metrics(struct request *request, void *arg)
{
	bool reads = request->method == METHOD_GET ||
	    request->method == METHOD_HEAD;

	if (!reads || strcmp(request->path, "/metrics") != 0)
		tell(request, 404, "text/plain; charset=utf-8", "/metrics\n");
	else
		answer_metrics(arg, request);
}

static void
tell(struct request *request, int status, const char *type, const char *text)
{
	struct reply reply = {
		.status = status,
		.type = type,
		.body = { text, strlen(text) },
		.headers = NO_STORE,
	};

	http_answer(request, &reply);
}

static void
answer_metrics(struct web *web, struct request *request)
{
	struct buf out;

	buf_init(&out, METRICS_MAX);
	gauge(&out, "hokend_up", "1 while it can serve",
	    web_unwell(web) == NULL);
	put_http(&out, http_figures(web->http));
	put_writer(&out, web->writer);
	counter(&out, "hokend_rounds_undone_total",
	    "parts of its own rounds that failed", web->health.rounds_undone);
	put_room(&out, web, request);
	put_files(&out, web, request->arena);
	put_process(&out);
	tell(request, 200, "text/plain; version=0.0.4; charset=utf-8",
	    buf_keep(&out, request->arena));
	buf_free(&out);
}

static void
put_http(struct buf *out, const struct http_figures *f)
{
	gauge(out, "hokend_connections", "open connections", f->connections);
	gauge(out, "hokend_streams", "of them, open lists of free times",
	    f->streams);
	counter(out, "hokend_turned_away_total",
	    "connections refused beyond the caps", f->turned_away);
	counter(out, "hokend_untrusted_proxy_total",
	    "requests by a proxy that trusted_proxy does not name",
	    f->untrusted);
	buf_puts(out,
	    "# HELP hokend_answers_total answers by class of status\n"
	    "# TYPE hokend_answers_total counter\n");
	for (int i = 1; i < 6; i++)
		buf_printf(out,
		    "hokend_answers_total{class=\"%dxx\"} %" PRIu64 "\n", i,
		    f->answers[i]);
}

static void
put_writer(struct buf *out, struct writer *writer)
{
	struct writer_figures f = writer_figures(writer);

	counter(out, "hokend_writes_total", "changes the writer has run",
	    f.jobs);
	counter(out, "hokend_commits_total", "groups it has finished",
	    f.groups);
	counter(out, "hokend_commits_undone_total",
	    "groups it could not commit", f.undone);
	gauge(out, "hokend_writes_waiting", "changes in the queue",
	    (int64_t)f.waiting);
	gauge(out, "hokend_writer_busy_milliseconds",
	    "time with the group in hand", f.busy_ms);
}

static void
put_room(struct buf *out, struct web *web, struct request *request)
{
	struct desk desk = web_desk(web, request);
	struct queue_figures letters;
	int64_t addresses, attention;

	if (web->health.damaged || queue_figures(&desk, &letters) < 0 ||
	    unreachable_count(&desk, &addresses) < 0 ||
	    booking_attention_count(&desk, &attention) < 0)
		return;
	gauge(out, "hokend_letters_waiting", "letters still to be sent",
	    letters.waiting);
	gauge(out, "hokend_letters_overdue", "letters that are late",
	    letters.overdue);
	gauge(out, "hokend_letters_failed",
	    "letters given up that would still be of use", letters.failed);
	gauge(out, "hokend_letters_paused", "1 while none may leave",
	    letters.paused_at != 0);
	gauge(out, "hokend_addresses_unreachable",
	    "addresses to which nothing is sent any more", addresses);
	gauge(out, "hokend_bookings_attention",
	    "bookings to come outside the present hours", attention);
}

static void
put_files(struct buf *out, struct web *web, struct arena *arena)
{
	static const char *const names[][2] = {
		{ "hokend_database_bytes", "hokend.db" },
		{ "hokend_log_bytes", "hokend.db-wal" },
	};
	struct stat st;

	for (size_t i = 0; i < 2; i++)
		if (stat(arena_print(arena, "%s/%s", web->config->var,
			     names[i][1]),
			&st) == 0)
			gauge(out, names[i][0], names[i][1], st.st_size);
	gauge(out, "hokend_examined_timestamp_seconds",
	    "when the database was last found sound; 0: not since the start",
	    web->health.examined_at);
	gauge(out, "hokend_backup_timestamp_seconds",
	    "when the nightly backup was last made; 0: not since the start",
	    web->health.copied_at);
}

/* Under the names that every Prometheus client uses. */
static void
put_process(struct buf *out)
{
	FILE *file = fopen("/proc/self/statm", "re");
	DIR *open = opendir("/proc/self/fd");
	long long pages = 0;
	int64_t fds = -3; /* ".", ".." and the directory itself */

	if (file != NULL && fscanf(file, "%*d %lld", &pages) == 1)
		gauge(out, "process_resident_memory_bytes", "memory in use",
		    pages * sysconf(_SC_PAGESIZE));
	if (file != NULL)
		fclose(file);
	if (open == NULL)
		return;
	while (readdir(open) != NULL)
		fds++;
	closedir(open);
	gauge(out, "process_open_fds", "open descriptors", fds);
}

static void
gauge(struct buf *out, const char *name, const char *help, int64_t value)
{
	buf_printf(out, "# HELP %s %s\n# TYPE %s gauge\n%s %" PRId64 "\n", name,
	    help, name, name, value);
}

static void
counter(struct buf *out, const char *name, const char *help, uint64_t value)
{
	buf_printf(out, "# HELP %s %s\n# TYPE %s counter\n%s %" PRIu64 "\n",
	    name, help, name, name, value);
}
