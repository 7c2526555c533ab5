/*
 * hokend.conf.  The table of options is the one place of names, defaults
 * and limits; etc/hokend.conf shows them and hokend.conf(5) explains them.
 */
#include "base/config.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/conf.h"
#include "base/text.h"

#define FILE_MAX 65536

static int read_file(struct arena *, const char *path, const char **text);
static bool check_texts(struct arena *, const struct conf *,
    struct conf_error *);
static void fill(struct config *, const struct conf *);
static bool filled(const char *);
static bool address(const char *);
static bool address_or_none(const char *);
static bool url(const char *);
static bool base_url(const char *);
static bool mail(const char *);
static bool mail_or_none(const char *);
static bool server(const char *);
static const char *host_of(const char *url, size_t *len);
static bool this_machine(const char *url);
static bool tls_word(const char *);
static bool check_smtp(const struct conf *, struct conf_error *);

static const struct conf_option options[] = {
	{ "var", CONF_TEXT, .text = "var" },
	{ "listen", CONF_TEXT, .text = "127.0.0.1" },
	{ "port", CONF_NUMBER, .number = 8080, .least = 1, .most = 65535 },
	{ "public_url", CONF_TEXT, .text = "" },
	{ "zone", CONF_TEXT, .text = "Asia/Tokyo" },
	{ "room", CONF_TEXT, .text = "" },
	{ "mail_from", CONF_TEXT, .text = "yoyaku@localhost" },
	{ "mail_name", CONF_TEXT, .text = "予約係" },
	{ "smtp", CONF_TEXT, .text = "" },
	{ "smtp_user", CONF_TEXT, .text = "" },
	{ "smtp_password_file", CONF_TEXT, .text = "" },
	{ "smtp_tls", CONF_TEXT, .text = "required" },
	{ "smtp_authorities", CONF_TEXT, .text = "" },
	{ "smtp_patience_s", CONF_NUMBER, .number = 300, .least = 1,
	    .most = 3600 },
	{ "alarm_to", CONF_TEXT, .text = "" },
	{ "bounces", CONF_TEXT, .text = "" },
	{ "smtp_connections", CONF_NUMBER, .number = 4, .least = 1,
	    .most = SMTP_CONNECTIONS_MOST },
	{ "leave_url", CONF_TEXT,
	    .text = "https://www.jma.go.jp/bosai/forecast/" },
	{ "trusted_proxy", CONF_TEXT, .text = "" },
	{ "connections", CONF_NUMBER, .number = 10000, .least = 16,
	    .most = 1000000 },
	{ "connections_per_peer", CONF_NUMBER, .number = 64, .least = 1,
	    .most = 1000000 },
	{ "holds_per_network", CONF_NUMBER, .number = 32, .least = 0,
	    .most = 1000000 },
	{ "bookings_per_network", CONF_NUMBER, .number = 40, .least = 0,
	    .most = 1000000 },
	{ "bookings_per_mail", CONF_NUMBER, .number = 3, .least = 0,
	    .most = 1000000 },
	{ "metrics_port", CONF_NUMBER, .number = 0, .least = 0, .most = 65535 },
	{ 0 },
};
static const struct conf_section whole = { .options = options };

/* What a text option must be, beside free of control characters. */
static const struct check {
	const char *name;
	bool (*good)(const char *);
	const char *reason;
} checks[] = {
	{ "var", filled, "must name a directory" },
	{ "listen", address, "must be an IPv4 or IPv6 address" },
	{ "public_url", base_url,
	    "must begin with http:// or https:// and not end in /" },
	{ "zone", filled, "must name a time zone" },
	{ "mail_from", mail, "must be a bare mail address" },
	{ "alarm_to", mail_or_none, "must be a bare mail address, or empty" },
	{ "smtp", server,
	    "must be smtp://host:port, smtps://host:port or maildir" },
	{ "smtp_tls", tls_word, "must be required or none" },
	{ "leave_url", url, "must begin with http:// or https://" },
	{ "trusted_proxy", address_or_none,
	    "must be an IPv4 or IPv6 address, or empty" },
};

int
config_read(struct arena *arena, const char *path, struct config *config)
{
	struct conf_error error;
	const struct conf *conf;
	const char *text;

	if (read_file(arena, path, &text) < 0)
		return -1;
	conf = conf_parse(arena, text, &whole, &error);
	if (!conf || !check_texts(arena, conf, &error) ||
	    !check_smtp(conf, &error)) {
		fprintf(stderr, "%s:%d: %s\n", path, error.line, error.reason);
		return -1;
	}
	fill(config, conf);
	return 0;
}

bool
config_by_smtp(const struct config *config)
{
	return strncmp(config->smtp, "smtp", 4) == 0;
}

/* A missing file is an empty one. */
static int
read_file(struct arena *arena, const char *path, const char **text)
{
	char *bytes = arena_get(arena, FILE_MAX);
	FILE *file = fopen(path, "re");
	bool good = false;
	size_t len;

	*text = bytes;
	if (!file && errno == ENOENT)
		return 0;
	if (!file) {
		fprintf(stderr, "%s: %s\n", path, strerror(errno));
		return -1;
	}
	len = fread(bytes, 1, FILE_MAX, file);
	if (ferror(file))
		fprintf(stderr, "%s: %s\n", path, strerror(errno));
	else if (len == FILE_MAX)
		fprintf(stderr, "%s: longer than %d bytes\n", path,
		    FILE_MAX - 1);
	else if (memchr(bytes, '\0', len))
		fprintf(stderr, "%s: not a text\n", path);
	else
		good = true;
	fclose(file);
	return good ? 0 : -1;
}

static bool
check_texts(struct arena *arena, const struct conf *conf,
    struct conf_error *error)
{
	for (const struct conf_option *o = options; o->name; o++) {
		if (o->kind != CONF_TEXT ||
		    !text_has_control(conf_text(conf, o->name), false))
			continue;
		*error = (struct conf_error) { conf_line(conf, o->name),
			arena_print(arena, "%s has a control character",
			    o->name) };
		return false;
	}
	for (size_t i = 0; i < sizeof(checks) / sizeof(checks[0]); i++) {
		const struct check *check = &checks[i];

		if (check->good(conf_text(conf, check->name)))
			continue;
		*error = (struct conf_error) { conf_line(conf, check->name),
			arena_print(arena, "%s %s", check->name,
			    check->reason) };
		return false;
	}
	return true;
}

/* What only several keys together can say. */
static bool
check_smtp(const struct conf *conf, struct conf_error *error)
{
	const char *smtp = conf_text(conf, "smtp");
	bool user = conf_text(conf, "smtp_user")[0] != '\0';
	bool password = conf_text(conf, "smtp_password_file")[0] != '\0';

	*error = (struct conf_error) { conf_line(conf, "smtp_tls"), NULL };
	if (strcmp(conf_text(conf, "smtp_tls"), "none") == 0) {
		if (strncmp(smtp, "smtps:", 6) == 0)
			error->reason = "smtp_tls = none contradicts smtps://";
		else if (strncmp(smtp, "smtp:", 5) == 0 && !this_machine(smtp))
			error->reason =
			    "smtp_tls = none is for 127.0.0.1, [::1] and "
			    "localhost only";
	}
	if (user != password) {
		error->line = conf_line(conf, "smtp_user");
		error->reason =
		    "smtp_user and smtp_password_file belong together";
	}
	return error->reason == NULL;
}

static void
fill(struct config *config, const struct conf *conf)
{
	*config = (struct config) {
		.var = conf_text(conf, "var"),
		.listen = conf_text(conf, "listen"),
		.port = conf_number(conf, "port"),
		.public_url = conf_text(conf, "public_url"),
		.zone = conf_text(conf, "zone"),
		.room = conf_text(conf, "room"),
		.mail_from = conf_text(conf, "mail_from"),
		.mail_name = conf_text(conf, "mail_name"),
		.smtp = conf_text(conf, "smtp"),
		.smtp_user = conf_text(conf, "smtp_user"),
		.smtp_password_file = conf_text(conf, "smtp_password_file"),
		.smtp_plain = strcmp(conf_text(conf, "smtp_tls"), "none") == 0,
		.smtp_authorities = conf_text(conf, "smtp_authorities"),
		.smtp_patience_s = conf_number(conf, "smtp_patience_s"),
		.alarm_to = conf_text(conf, "alarm_to"),
		.bounces = conf_text(conf, "bounces"),
		.smtp_connections = conf_number(conf, "smtp_connections"),
		.leave_url = conf_text(conf, "leave_url"),
		.trusted_proxy = conf_text(conf, "trusted_proxy"),
		.connections = conf_number(conf, "connections"),
		.connections_per_peer = conf_number(conf,
		    "connections_per_peer"),
		.holds_per_network = conf_number(conf, "holds_per_network"),
		.bookings_per_network = conf_number(conf,
		    "bookings_per_network"),
		.bookings_per_mail = conf_number(conf, "bookings_per_mail"),
		.metrics_port = conf_number(conf, "metrics_port"),
	};
}

static bool
filled(const char *s)
{
	return *s != '\0';
}

static bool
address(const char *s)
{
	struct in6_addr any;

	return inet_pton(AF_INET, s, &any) == 1 ||
	    inet_pton(AF_INET6, s, &any) == 1;
}

static bool
address_or_none(const char *s)
{
	return !*s || address(s);
}

static bool
url(const char *s)
{
	const char *host = "";

	if (strncmp(s, "http://", 7) == 0)
		host = s + 7;
	else if (strncmp(s, "https://", 8) == 0)
		host = s + 8;
	return *host && *host != '/' && !strpbrk(s, " \"<>");
}

static bool
base_url(const char *s)
{
	return s[0] == '\0' || (url(s) && s[strlen(s) - 1] != '/');
}

/* Ours, so a plain one: it goes into headers as it stands. */
static bool
mail(const char *s)
{
	const char *at = strchr(s, '@');

	return at && at > s && at[1] && !strchr(at + 1, '@') &&
	    !strpbrk(s, " <>,;:\"()");
}

static bool
mail_or_none(const char *s)
{
	return *s == '\0' || mail(s);
}

static bool
server(const char *s)
{
	size_t len;
	const char *host = host_of(s, &len);
	const char *port = host + len;

	if (*s == '\0' || strcmp(s, "maildir") == 0)
		return true;
	if (len == 0 || len > 253)
		return false;
	if (*port == '\0')
		return true;
	size_t digits = strspn(port + 1, "0123456789");
	return *port == ':' && digits > 0 && digits <= 5 &&
	    port[1 + digits] == '\0' && atoi(port + 1) >= 1 &&
	    atoi(port + 1) <= 65535;
}

/* Where the host of smtp://host:port begins; its length, 0 when it is none.
 * An IPv6 address stands in brackets. */
static const char *
host_of(const char *s, size_t *len)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.";
	const char *host = s;

	*len = 0;
	if (strncmp(s, "smtp://", 7) == 0)
		host = s + 7;
	else if (strncmp(s, "smtps://", 8) == 0)
		host = s + 8;
	else
		return s;
	*len = strspn(host, letters);
	if (*host == '[') {
		size_t inside = strspn(host + 1, "0123456789abcdefABCDEF:.");

		*len = inside > 0 && host[inside + 1] == ']' ? inside + 2 : 0;
	}
	return host;
}

static bool
this_machine(const char *s)
{
	static const char *const names[] = { "localhost", "127.0.0.1",
		"[::1]" };
	size_t len;
	const char *host = host_of(s, &len);

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (len == strlen(names[i]) &&
		    strncmp(host, names[i], len) == 0)
			return true;
	return false;
}

static bool
tls_word(const char *s)
{
	return strcmp(s, "required") == 0 || strcmp(s, "none") == 0;
}
