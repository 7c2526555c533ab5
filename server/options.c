/* What hokend was called with. */
#include "options.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/when.h"
#include "store/db.h"

#ifndef HOKEND_CONF /* an installed one has another */
#define HOKEND_CONF "etc/hokend.conf"
#endif

enum { LONG_REHEARSE = 256, LONG_RESTORE, LONG_KEY, LONG_SETUP, LONG_VERSION };

/* As given; NULL: not. */
struct given {
	const char *conf, *var, *room, *port, *instant;
};

static struct given read_words(int argc, char **argv, struct options *);
static void usage(FILE *);
static void refuse(const char *what, const char *why);
static int port_of(const char *text);
static struct clock rehearse(struct arena *, const char *text);
static void settle_address(struct arena *, struct config *);

struct options
options_read(struct arena *arena, int argc, char **argv, struct config *config,
    struct clock *clock)
{
	struct options options = { 0 };
	struct given given = read_words(argc, argv, &options);
	const char *conf = given.conf != NULL ? given.conf : HOKEND_CONF;

	if (given.conf != NULL && access(conf, F_OK) < 0)
		refuse(conf, strerror(errno));
	if (config_read(arena, conf, config) < 0)
		exit(2);
	if (given.var != NULL)
		config->var = given.var;
	if (given.room != NULL)
		config->room = given.room;
	if (given.port != NULL)
		config->port = port_of(given.port);
	if (when_zone(config->zone) < 0)
		refuse(config->zone, "no such time zone");
	settle_address(arena, config);
	*clock = given.instant != NULL ? rehearse(arena, given.instant)
				       : clock_real();
	return options;
}

static struct given
read_words(int argc, char **argv, struct options *options)
{
	static const struct option longs[] = {
		{ "help", no_argument, NULL, 'h' },
		{ "recovery-key", required_argument, NULL, LONG_KEY },
		{ "rehearse", required_argument, NULL, LONG_REHEARSE },
		{ "restore", required_argument, NULL, LONG_RESTORE },
		{ "setup", no_argument, NULL, LONG_SETUP },
		{ "version", no_argument, NULL, LONG_VERSION },
		{ 0 },
	};
	struct given given = { 0 };
	int option;

	while ((option = getopt_long(argc, argv, "d:f:hnp:r:", longs, NULL)) !=
	    -1) {
		switch (option) {
		case 'd':
			given.var = optarg;
			break;
		case 'f':
			given.conf = optarg;
			break;
		case 'h':
			usage(stdout);
			exit(EXIT_SUCCESS);
		case 'n':
			options->check_only = true;
			break;
		case 'p':
			given.port = optarg;
			break;
		case 'r':
			given.room = optarg;
			break;
		case LONG_KEY:
			options->recovery_key = optarg;
			break;
		case LONG_REHEARSE:
			given.instant = optarg;
			break;
		case LONG_RESTORE:
			options->restore = optarg;
			break;
		case LONG_SETUP:
			options->setup_only = true;
			break;
		case LONG_VERSION:
			printf("hokend %s, schema %d\n", HOKEND_VERSION,
			    db_schema_version());
			exit(EXIT_SUCCESS);
		default:
			usage(stderr);
			exit(2);
		}
	}
	if (optind != argc) {
		usage(stderr);
		exit(2);
	}
	return given;
}

static void
usage(FILE *to)
{
	fputs("usage: hokend [-n] [-d var] [-f conf] [-p port] [-r roomfile]\n"
	      "              [--setup] [--rehearse instant[,speed]]\n"
	      "       hokend [-d var] [-f conf] --restore file\n"
	      "              [--recovery-key file]\n"
	      "       hokend -h | --help | --version\n",
	    to);
}

/* A start that cannot be: what was given, and why not. */
static void
refuse(const char *what, const char *why)
{
	fprintf(stderr, "hokend: %s: %s\n", what, why);
	exit(2);
}

static int
port_of(const char *text)
{
	char *end;
	long port = strtol(text, &end, 10);

	if (*end != '\0' || port < 1 || port > 65535)
		refuse("-p", "wants a port from 1 to 65535");
	return (int)port;
}

/* "2024-06-24T09:00:00+09:00" or the same with ",60": sixty times as fast. */
static struct clock
rehearse(struct arena *arena, const char *text)
{
	char *instant = arena_dup(arena, text);
	char *comma = strchr(instant, ','), *end = NULL;
	double speed = 1;
	int64_t at;

	if (comma != NULL) {
		*comma = '\0';
		speed = strtod(comma + 1, &end);
	}
	at = when_parse(instant);
	if (at == AT_NONE || speed < 0 || (end != NULL && *end != '\0'))
		refuse("--rehearse", "wants 2024-06-24T09:00:00+09:00[,speed]");
	return clock_rehearse(at, speed);
}

/* Without a public address this is a first run on one's own machine, whose
 * letters nobody else may read; beyond this machine a proxy must end TLS. */
static void
settle_address(struct arena *arena, struct config *config)
{
	bool home = strncmp(config->listen, "127.", 4) == 0 ||
	    strcmp(config->listen, "::1") == 0;

	if (!home && config->public_url[0] == '\0')
		refuse(config->listen, "to listen there needs a public_url");
	if (!home && config->trusted_proxy[0] == '\0')
		refuse(config->listen, "to listen there needs a trusted_proxy");
	config->first_run = config->public_url[0] == '\0';
	if (config->first_run)
		config->public_url = arena_print(arena, "http://127.0.0.1:%d",
		    config->port);
}
