/*
 * hokend.conf: every key has a default; a missing file is fine.
 */
#ifndef BASE_CONFIG_H
#define BASE_CONFIG_H

#include <stdbool.h>
#include <stdint.h>

#include "base/mem.h"

#define SMTP_CONNECTIONS_MOST 16

struct config {
	const char *var;	/* directory of keys, database, socket, mail */
	const char *listen;	/* address, "127.0.0.1" */
	int port;		/* 8080 */
	const char *public_url;	/* "https://example.jp", no final slash; "":
				 * a first run on one's own machine */
	const char *zone;	/* "Asia/Tokyo" */
	const char *room;	/* room file loaded into an empty database */
	const char *mail_from;	/* "yoyaku@localhost" */
	const char *mail_name;	/* neutral sender name */
	const char *smtp;	/* smtp://host:587, smtps://host:465, "maildir"
				 * or "" (a first run): VAR/mail */
	const char *smtp_user;	/* "": without AUTH */
	const char *smtp_password_file;
	bool smtp_plain;	/* no TLS; the host is this machine */
	const char *smtp_authorities;	/* PEM file, "": the system's */
	int smtp_connections;	/* at once, SMTP_CONNECTIONS_MOST at most */
	int smtp_patience_s;	/* for the connection and for each reply */
	const char *alarm_to;	/* told when letters fail; "": nobody */
	const char *bounces;	/* Maildir of what comes back; "": none */
	const char *leave_url;	/* where 「このページを閉じる」 leads */
	const char *trusted_proxy;	/* address, or "" */
	bool first_run;		/* no public address was set: /mail is
				 * readable (hokend.c sets it) */
	int connections;	/* cap, 10000 */
	int connections_per_peer;	/* 64 */
	int holds_per_network;	/* in an hour, 32; 0: no bound */
	int bookings_per_network;	/* in a day, 40; 0: no bound */
	int bookings_per_mail;	/* to come, 3; 0: no bound */
	int metrics_port;	/* of 127.0.0.1 for /metrics; 0: none */
};

/* 0, or -1 after printing file:line: reason to standard error.  Strings
 * live in the arena. */
int config_read(struct arena *, const char *path, struct config *);

/* Do letters leave by SMTP?  Otherwise they stay in VAR/mail. */
bool config_by_smtp(const struct config *);

#endif
