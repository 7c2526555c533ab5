/* The mail server that the configuration names. */
#include "mail/server.h"

#include <string.h>

#include "base/log.h"
#include "base/secret.h"

#define PASSWORD_MAX 512

static const char *own_name(struct arena *, const char *url);

struct smtp *
server_open(const struct config *config)
{
	struct arena *arena = arena_new();
	char password[PASSWORD_MAX] = "";
	struct smtp *smtp;

	if (config->smtp_password_file[0] != '\0' &&
	    secret_read(config->smtp_password_file, password,
		sizeof(password)) < 0)
		log_die("server.password", "reason=unreadable");
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
