/*
 * The web face: what every handler is given, and how it reaches the domain.
 * A handler reads the request, asks the domain, answers; it holds no rule.
 */
#ifndef WEB_WEB_H
#define WEB_WEB_H

#include "base/clock.h"
#include "base/config.h"
#include "base/crew.h"
#include "room/desk.h"
#include "room/tally.h"
#include "store/writer.h"
#include "http/http.h"

/* How the database was found; the loop's.  Times are real ones, 0: never. */
struct health {
	bool damaged;		/* whatever needs the database is refused */
	int64_t examined_at;	/* and found sound */
	int64_t copied_at;	/* nightly copy */
	uint64_t rounds_undone;	/* parts of rounds that failed */
};

struct web {
	const struct config *config;
	const struct clock *clock;
	const struct keys *keys;
	struct db *read;	/* the loop's own connection */
	struct writer *writer;
	struct crew *crew;
	struct cache *cache;	/* of anonymous pages */
	struct board *board;	/* of free frames */
	struct wordbook *wordbook;
	struct http *http;	/* what is measured of it */
	uint64_t news;		/* generation of the writer at which what is
				 * free last changed */
	struct health health;
	struct tally tally;	/* what came by flyers; the loop's */
};

/* The desk at which this request's reads happen (loop only).  Its actor is
 * request->account and the peer's uid, also in web_write(). */
struct desk web_desk(struct web *, struct request *);

/*
 * A change: `run` happens on the writer inside a savepoint with a desk of
 * its own (arena: the request's), `done` on the loop after COMMIT.  `arg`
 * must lie in the request's arena.  run returns 0 to keep its changes, 1 to
 * undo them, -1 after a fault.  When the queue is full or the commit failed
 * the request is answered with 503 and done is not called.
 */
typedef int web_run(struct desk *, void *arg);
typedef void web_done(struct web *, struct request *, void *arg);
void web_write(struct web *, struct request *, web_run *, web_done *,
    void *arg);

/* The same on a worker, for what takes long: Argon2id.  `run` gets no
 * database. */
void web_work(struct web *, struct request *, void (*run)(void *arg),
    web_done *, void *arg);

/* Answers 503 with Retry-After; also when a queue is full. */
void web_unavailable(struct web *, struct request *);
/* What belongs to no handler: 404, 405, 421 or 503, as a page or, on routes
 * of the API, as problem details.  headers may be NULL. */
void web_fault(struct web *, struct request *, int status,
    const char *headers);
/* The latter (api.c), in the language of Accept-Language. */
void api_fault(struct request *, int status, const char *headers);

typedef void handler(struct web *, struct request *);

/* Whose forms a route shows and takes: see guard_make() in cookie.h. */
enum guarded {
	GUARD_OPEN,		/* anybody's: the stamp of the minute */
	GUARD_VISIT,		/* bound to her visit */
	GUARD_SITTING		/* bound to a sign-in */
};

/*
 * One line of the route table.  A path may hold one parameter: "/mail/:id",
 * "/bookings/:code/move"; it matches what stands between two slashes, and
 * ":rest" at the end all that follows.  GET serves HEAD too.
 */
struct route {
	int methods;		/* METHOD_* or-ed */
	const char *path;
	handler *handle;
	bool api;		/* faults are problem details */
	bool bare;		/* answers without the database */
	enum guarded guard;
};

/* web/routes.c; the end is a route without a path. */
extern const struct route web_routes[];

/* Finds the line for a path and a method.  NULL: none; then *allowed holds
 * the methods that this path knows, 0 when it is unknown, and *at (if any)
 * a line with this path. */
const struct route *route_find(const struct route *table, struct arena *,
    int method, const char *path, const char **parameter, int *allowed,
    const struct route **at);

/* The parameter of the route that matched, unescaped. */
const char *web_parameter(const struct request *);
/* Finds the route and calls its handler, or answers 404, 405; 421 when Host
 * is not ours (a name that was rebound to our address). */
void web_route(struct request *, void *web);

#endif
