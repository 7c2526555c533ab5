/*
 * hokend: the wiring.  Builds the root struct, hands each part what it needs,
 * runs the loop and takes everything down again.
 */
#include <event2/event.h>
#include <event2/thread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "base/service.h"
#include "begin.h"
#include "bounces.h"
#include "care.h"
#include "herald.h"
#include "jumps.h"
#include "options.h"
#include "restore.h"
#include "room/board.h"
#include "room/words.h"
#include "rounds.h"
#include "watch.h"
#include "web/cache.h"
#include "web/metrics.h"

#define WRITER_QUEUE 2000 /* a tenth of a second of bookings */
#define CREW_THREADS 2
#define CREW_QUEUE 256
#define DRAIN_MS 100
#define DRAIN_TRIES 200

struct house {
	struct arena *arena;
	struct config config;
	struct clock clock;
	struct keys *keys;
	struct web web;
	struct event_base *base;
	struct http *http;
	struct courier *courier;
	struct bounces *bounces;
	struct rounds *rounds;
	struct jumps *jumps; /* NULL in a rehearsal */
	struct herald *herald;
	struct care *care;
	struct watch *watch;
	struct http *gauges; /* /metrics on a port of its own, or NULL */
	struct crew *post; /* the courier's */
	struct event *writer_event, *crew_event, *post_event, *term, *interrupt,
	    *drain;
	int drain_tries;
	struct options options;
};

static int serve(struct house *);
static void harden(void);
static int open_house(struct house *);
static int open_doors(struct house *);
static int listen_public(struct house *);
static int listen_gauges(struct house *, const struct http_limits *);
static void announce(const struct house *);
static void close_house(struct house *);
static void on_writer(evutil_socket_t, short, void *);
static void on_crew(evutil_socket_t, short, void *);
static void on_jump(void *rounds);
static void on_signal(evutil_socket_t, short, void *);
static void on_drain(evutil_socket_t, short, void *);

int
main(int argc, char **argv)
{
	struct house house = { .arena = arena_new() };
	int status = EXIT_FAILURE;

	harden();
	house.options = options_read(house.arena, argc, argv, &house.config,
	    &house.clock);
	if (seal_init() < 0 || begin_mail(&house.config, &house.clock) < 0)
		return EXIT_FAILURE;
	begin_proxy(&house.config);
	if (house.options.check_only || house.options.restore != NULL) {
		status = house.options.check_only
		    ? begin_check(house.arena, &house.config, &house.clock)
		    : restore_run(house.arena, &house.config,
			  house.options.restore, house.options.recovery_key);
		arena_free(house.arena);
		return status < 0;
	}
	if (open_house(&house) == 0)
		status = house.options.setup_only ? EXIT_SUCCESS
						  : serve(&house);
	close_house(&house);
	return status;
}

static int
serve(struct house *house)
{
	if (open_doors(house) < 0)
		return EXIT_FAILURE;
	announce(house);
	house->watch = watch_open(house->base, &house->web);
	event_base_dispatch(house->base);
	return EXIT_SUCCESS;
}

static void
harden(void)
{
	struct rlimit none = { 0, 0 };

	umask(0077);
	setrlimit(RLIMIT_CORE, &none);
	prctl(PR_SET_DUMPABLE, 0);
	signal(SIGPIPE, SIG_IGN);
}

static int
open_house(struct house *house)
{
	struct web *web = &house->web;
	char *path = arena_print(house->arena, "%s/hokend.db",
	    house->config.var);
	struct db *db;

	web->config = &house->config;
	web->clock = &house->clock;
	if (begin_first(house->arena, &house->config, &house->clock) < 0)
		return -1;
	house->keys = begin_keys(house->arena, &house->config);
	if (house->keys == NULL)
		return -1;
	web->keys = house->keys;
	if (begin_recovery(house->arena, &house->config) < 0)
		return -1;
	db = begin_database(house->arena, &house->config);
	if (db == NULL)
		return -1;
	if (begin_room(db, &house->config, web->keys, &house->clock) < 0 ||
	    begin_account(db, &house->config, web->keys, &house->clock) < 0) {
		db_close(db);
		return -1;
	}
	web->read = db_open(path, DB_READ);
	web->writer = writer_start(db, WRITER_QUEUE);
	web->crew = crew_start(CREW_THREADS, CREW_QUEUE);
	web->cache = cache_open();
	web->wordbook = wordbook_open();
	if (web->writer != NULL)
		web->board = board_open(writer_marks(web->writer));
	return web->read == NULL || web->writer == NULL || web->crew == NULL
	    ? -1
	    : 0;
}

static int
open_doors(struct house *house)
{
	struct web *web = &house->web;
	const struct http_limits limits = {
		.connections = house->config.connections,
		.connections_per_peer = house->config.connections_per_peer,
		.header_bytes = 16384,
		.body_bytes = 65536,
		.idle_s = 10,
		.deadline_s = 15,
		.trusted_proxy = house->config.trusted_proxy,
		.tls = strncmp(house->config.public_url, "https://", 8) == 0,
	};
	short on = EV_READ | EV_PERSIST;

	house->base = event_base_new();
	house->post = crew_start(courier_hands(&house->config),
	    SMTP_CONNECTIONS_MOST);
	house->courier = courier_open(&house->config, web->keys, &house->clock,
	    web->writer, house->post);
	house->bounces = bounces_open(web);
	house->rounds = rounds_open(house->base, web, house->courier,
	    house->bounces);
	if (!house->clock.rehearsal)
		house->jumps = jumps_open(house->base, on_jump, house->rounds);
	house->herald = herald_open(house->base, web);
	house->care = care_open(house->base, web);
	house->writer_event = event_new(house->base, writer_fd(web->writer), on,
	    on_writer, house);
	house->crew_event = event_new(house->base, crew_fd(web->crew), on,
	    on_crew, web->crew);
	house->post_event = event_new(house->base, crew_fd(house->post), on,
	    on_crew, house->post);
	house->term = evsignal_new(house->base, SIGTERM, on_signal, house);
	house->interrupt = evsignal_new(house->base, SIGINT, on_signal, house);
	house->drain = evtimer_new(house->base, on_drain, house);
	event_add(house->writer_event, NULL);
	event_add(house->crew_event, NULL);
	event_add(house->post_event, NULL);
	event_add(house->term, NULL);
	event_add(house->interrupt, NULL);
	house->http = http_open(house->base, &limits, web_route, web);
	web->http = house->http;
	if (house->http == NULL || listen_public(house) < 0 ||
	    listen_gauges(house, &limits) < 0)
		return -1;
	return http_listen_unix(house->http,
	    arena_print(house->arena, "%s/hokend.sock", house->config.var));
}

/* On the sockets that a service manager holds for us, else on our own. */
static int
listen_public(struct house *house)
{
	int first, count = service_sockets(&first);

	if (count == 0)
		return http_listen(house->http, house->config.listen,
		    house->config.port);
	for (int fd = first; fd < first + count; fd++)
		if (http_adopt(house->http, fd) < 0)
			return -1;
	return 0;
}

static int
listen_gauges(struct house *house, const struct http_limits *limits)
{
	if (house->config.metrics_port == 0)
		return 0;
	house->gauges = http_open(house->base, limits, web_metrics,
	    &house->web);
	if (house->gauges == NULL)
		return -1;
	return http_listen(house->gauges, "127.0.0.1",
	    house->config.metrics_port);
}

static void
announce(const struct house *house)
{
	printf("Open at %s\n", house->config.public_url);
	if (house->config.first_run && !config_by_smtp(&house->config))
		printf("Letters can be read at %s/mail\n",
		    house->config.public_url);
	fflush(stdout);
	log_event("hokend.open", "listen=%s port=%d rehearsal=%d",
	    house->config.listen, house->config.port, house->clock.rehearsal);
}

/* Letters and requests in flight come first, then the writer finishes.  What
 * it answers may still read and look for a worker. */
static void
close_house(struct house *house)
{
	struct web *web = &house->web;
	struct event *events[] = { house->writer_event, house->crew_event,
		house->post_event, house->term, house->interrupt,
		house->drain };

	courier_stop(house->courier);
	crew_finish(house->post);
	crew_finish(web->crew);
	rounds_finish(house->rounds);
	writer_finish(web->writer);
	courier_settle(house->courier, writer_db(web->writer));
	crew_stop(house->post);
	crew_stop(web->crew);
	db_close(web->read);
	writer_stop(web->writer); /* the last one folds the log in */
	jumps_close(house->jumps);
	rounds_close(house->rounds);
	herald_close(house->herald);
	care_close(house->care);
	watch_close(house->watch);
	http_close(house->gauges);
	http_close(house->http);
	courier_close(house->courier);
	bounces_close(house->bounces);
	cache_close(web->cache);
	board_close(web->board);
	wordbook_close(web->wordbook);
	for (size_t i = 0; i < sizeof(events) / sizeof(events[0]); i++)
		if (events[i] != NULL)
			event_free(events[i]);
	if (house->base != NULL)
		event_base_free(house->base);
	keys_close(house->keys);
	arena_free(house->arena);
	libevent_global_shutdown();
}

static void
on_writer(evutil_socket_t fd, short what, void *arg)
{
	struct house *house = arg;

	(void)fd;
	(void)what;
	writer_collect(house->web.writer);
	rounds_news(house->rounds);
	herald_news(house->herald);
}

static void
on_crew(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	crew_collect(arg);
}

static void
on_jump(void *rounds)
{
	rounds_look(rounds);
}

static void
on_signal(evutil_socket_t signal, short what, void *arg)
{
	struct house *house = arg;

	(void)what;
	log_event("hokend.stop", "signal=%d", (int)signal);
	watch_stopping();
	http_drain(house->http);
	on_drain(-1, 0, house);
}

static void
on_drain(evutil_socket_t fd, short what, void *arg)
{
	struct house *house = arg;
	struct timeval wait = { .tv_usec = DRAIN_MS * 1000 };

	(void)fd;
	(void)what;
	if (http_idle(house->http))
		event_base_loopbreak(house->base);
	else if (house->drain_tries++ < DRAIN_TRIES)
		evtimer_add(house->drain, &wait);
	else /* all that was answered is on the disk */
		log_die("hokend.stop", "reason=\"requests stay open\"");
}
