/*
 * From an address to its handler.  It owns the answers for addresses that
 * are not ours: 404, 405, and 421 when a request was meant for somebody
 * else's name.
 */
#include <string.h>
#include <strings.h>

#include "web/page.h"

static bool route_fits(const char *pattern, struct arena *, const char *path,
    const char **parameter);
static bool host_ours(const struct web *, const struct request *);
static bool names_host(const char *url, const char *host, size_t len);
static size_t host_length(const char *host);
static void refuse(struct web *, struct request *, int status, int allowed);
static const char *allow_line(struct arena *, int methods);

const struct route *
route_find(const struct route *table, struct arena *arena, int method,
    const char *path, const char **parameter, int *allowed,
    const struct route **at)
{
	int wanted = method == METHOD_HEAD ? METHOD_GET : method;

	*allowed = 0;
	for (const struct route *r = table; r->path != NULL; r++) {
		const char *found = NULL;
		if (!route_fits(r->path, arena, path, &found))
			continue;
		*at = r;
		*parameter = found;
		if (r->methods & wanted)
			return r;
		*allowed |= r->methods;
	}
	if (*allowed & METHOD_GET)
		*allowed |= METHOD_HEAD;
	return NULL;
}

const char *
web_parameter(const struct request *request)
{
	return request->parameter == NULL ? "" : request->parameter;
}

void
web_route(struct request *request, void *arg)
{
	struct web *web = arg;
	const struct route *found;
	int allowed;

	found = route_find(web_routes, request->arena, (int)request->method,
	    request->path, &request->parameter, &allowed, &request->route);
	if (!host_ours(web, request))
		refuse(web, request, 421, 0);
	else if (web->health.damaged && (found == NULL || !found->bare))
		web_unavailable(web, request);
	else if (found != NULL)
		found->handle(web, request);
	else
		refuse(web, request, allowed == 0 ? 404 : 405, allowed);
}

/* One parameter, one segment; ":rest" takes all that follows. */
static bool
route_fits(const char *pattern, struct arena *arena, const char *path,
    const char **parameter)
{
	size_t same = strcspn(pattern, ":");

	if (pattern[same] == '\0')
		return strcmp(pattern, path) == 0;
	if (strncmp(pattern, path, same) != 0)
		return false;
	pattern += same;
	path += same;
	size_t len = strcmp(pattern, ":rest") == 0 ? strlen(path)
						   : strcspn(path, "/");
	if (len == 0 || strcmp(pattern + strcspn(pattern, "/"), path + len))
		return false;
	*parameter = arena_dup_len(arena, path, len);
	return true;
}

/* Our public name or loopback.  Any other name was bound to our address by
 * somebody whose page could then read what we say (DNS rebinding). */
static bool
host_ours(const struct web *web, const struct request *request)
{
	static const char *const loopback[] = { "localhost", "127.0.0.1",
		"[::1]" };
	const char *host = http_header(request, "host");
	size_t len = host_length(host);

	if (request->peer.operator||
	    names_host(web->config->public_url, host, len))
		return true;
	for (size_t i = 0; i < sizeof(loopback) / sizeof(*loopback); i++)
		if (strlen(loopback[i]) == len &&
		    strncasecmp(host, loopback[i], len) == 0)
			return true;
	return false;
}

static bool
names_host(const char *url, const char *host, size_t len)
{
	const char *own = strstr(url, "://");

	if (own == NULL)
		return false;
	own += 3;
	return host_length(own) == len && strncasecmp(own, host, len) == 0;
}

/* Of "name:port", "[::1]:port" or "name/path", up to the port. */
static size_t
host_length(const char *host)
{
	if (host[0] == '[')
		return strcspn(host, "]") + (strchr(host, ']') != NULL);
	return strcspn(host, ":/");
}

static void
refuse(struct web *web, struct request *request, int status, int allowed)
{
	const char *headers = allowed == 0
	    ? NULL
	    : allow_line(request->arena, allowed);

	web_fault(web, request, status, headers);
}

static const char *
allow_line(struct arena *arena, int methods)
{
	static const struct {
		int method;
		const char *name;
	} names[] = { { METHOD_GET, "GET" }, { METHOD_HEAD, "HEAD" },
		{ METHOD_POST, "POST" }, { METHOD_PUT, "PUT" },
		{ METHOD_DELETE, "DELETE" } };
	const char *line = "Allow:";

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (methods & names[i].method)
			line = arena_print(arena, "%s%s %s", line,
			    line[6] == '\0' ? "" : ",", names[i].name);
	return arena_print(arena, "%s\r\n", line);
}
