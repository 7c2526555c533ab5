/*
 * hokenctl: the operator's hand on a running hokend.  This file reads the
 * command line by two tables, which are its usage text as well.
 */
#include <getopt.h>
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ctl.h"

#ifndef HOKEND_SOCKET
#define HOKEND_SOCKET "var/hokend.sock"
#endif
#define DEADLINE_S 30

/* No exit status yet. */
enum { CARRY_ON = -1 };
/* Values that getopt_long() gives for our options. */
enum {
	LONG_JSON = 256,
	LONG_HELP,
	LONG_VERSION,
	LONG_FIRST,
	COMMON = LONG_FIRST - LONG_JSON
};

static const struct {
	const char *name, *value; /* value NULL: a flag */
} options[OPTIONS] = {
	[OPTION_THEME] = { "theme", "code" },
	[OPTION_PLACE] = { "place", "code" },
	[OPTION_CHANNEL] = { "channel", "in_person|online" },
	[OPTION_FROM] = { "from", "day" },
	[OPTION_TO] = { "to", "day" },
	[OPTION_NAME] = { "name", "text" },
	[OPTION_EMAIL] = { "email", "address" },
	[OPTION_LANGUAGE] = { "language", "ja|easy|en" },
	[OPTION_NOTE] = { "note", "text" },
	[OPTION_WITH_NOTE] = { "with-note", NULL },
	[OPTION_PRUNE] = { "prune", NULL },
	[OPTION_ROLE] = { "role", "staff|manager|advisor" },
	[OPTION_ADVISOR] = { "advisor", "code" },
	[OPTION_ROOM] = { "room", NULL },
	[OPTION_YES] = { "yes", NULL },
	[OPTION_ENTRY] = { "entry", "phone|desk" },
	[OPTION_ACCESS] = { "access", "word,..." },
	[OPTION_SIZE] = { "size", "a4|a6" },
	[OPTION_DISCREET] = { "discreet", NULL },
	[OPTION_IN] = { "in", "language" },
	[OPTION_SITTING] = { "sitting", "id" },
	[OPTION_LETTERS] = { "letters", "none|notices,digest" },
};

static int help_run(struct ctl *);

const struct command commands[] = {
	{ "help", 0, help_run },
	{ "themes", 0, themes_run },
	{ "slots",
	    TAKES(OPTION_THEME) | TAKES(OPTION_PLACE) | TAKES(OPTION_CHANNEL) |
		TAKES(OPTION_FROM) | TAKES(OPTION_TO),
	    slots_run },
	{ "book SLOT",
	    TAKES(OPTION_NAME) | TAKES(OPTION_EMAIL) | TAKES(OPTION_LANGUAGE) |
		TAKES(OPTION_NOTE) | TAKES(OPTION_ENTRY) | TAKES(OPTION_ACCESS),
	    book_run },
	{ "walk-in", TAKES(OPTION_ADVISOR), walk_in_run },
	{ "show CODE", TAKES(OPTION_WITH_NOTE), show_run },
	{ "move CODE SLOT", 0, move_run },
	{ "cancel CODE", 0, cancel_run },
	{ "today [DAY]", 0, today_run },
	{ "outcome CODE OUTCOME", 0, outcome_run },
	{ "forget CODE", 0, forget_run },
	{ "close FROM UNTIL",
	    TAKES(OPTION_ROOM) | TAKES(OPTION_PLACE) | TAKES(OPTION_ADVISOR) |
		TAKES(OPTION_YES),
	    close_run },
	{ "closures", 0, closures_run },
	{ "reopen ID", 0, reopen_run },
	{ "waitlist", TAKES(OPTION_FROM) | TAKES(OPTION_TO), waitlist_run },
	{ "waitlist withdraw CODE", 0, waitlist_withdraw_run },
	{ "usage", TAKES(OPTION_FROM) | TAKES(OPTION_TO), usage_run },
	{ "answers", 0, answers_run },
	{ "room load FILE", TAKES(OPTION_PRUNE), room_load_run },
	{ "room dump", 0, room_dump_run },
	{ "account add NAME", TAKES(OPTION_ROLE) | TAKES(OPTION_ADVISOR),
	    account_add_run },
	{ "account list", 0, account_list_run },
	{ "account reset NAME", 0, account_reset_run },
	{ "account disable NAME", 0, account_disable_run },
	{ "account enable NAME", 0, account_enable_run },
	{ "account sittings NAME", 0, account_sittings_run },
	{ "account end NAME", TAKES(OPTION_SITTING), account_end_run },
	{ "outbox", 0, outbox_run },
	{ "outbox again ID", 0, outbox_again_run },
	{ "outbox lift ID", 0, outbox_lift_run },
	{ "outbox pause", 0, outbox_pause_run },
	{ "outbox resume", 0, outbox_resume_run },
	{ "outlet list", 0, outlet_list_run },
	{ "outlet add NAME [CODE]", 0, outlet_add_run },
	{ "outlet withdraw CODE", 0, outlet_withdraw_run },
	{ "outlet restore CODE", 0, outlet_restore_run },
	{ "flyer NAME",
	    TAKES(OPTION_SIZE) | TAKES(OPTION_DISCREET) | TAKES(OPTION_IN),
	    flyer_run },
	{ "tidings list", 0, tidings_list_run },
	{ "tidings set ADVISOR",
	    TAKES(OPTION_EMAIL) | TAKES(OPTION_LETTERS) |
		TAKES(OPTION_LANGUAGE),
	    tidings_set_run },
	{ "backup [FILE]", 0, backup_run },
	{ 0 },
};

static void speak(struct ctl *);
static int read_options(struct ctl *, int argc, char **argv, int *first);
static int run(struct ctl *, char **words, int count);
static const struct command *find(struct ctl *, char **words, int count);
static bool known(const char *word);
static bool begins(const struct command *, const char *word);
static bool fits(struct ctl *, const char *pattern, char **words, int count);
static const char *stray_option(const struct ctl *, const struct command *);
static int misused(const char *why, const char *what, const char *word);
static void usage(FILE *);
static void usage_line(FILE *, const struct command *);

int
main(int argc, char **argv)
{
	struct ctl ctl = {
		.arena = arena_new(),
		.socket = HOKEND_SOCKET,
		.deadline_s = DEADLINE_S,
	};
	int first, status;

	if (getenv("HOKENCTL_SOCKET") != NULL)
		ctl.socket = getenv("HOKENCTL_SOCKET");
	speak(&ctl);
	status = read_options(&ctl, argc, argv, &first);
	if (status == CARRY_ON)
		status = run(&ctl, argv + first, argc - first);
	if (fflush(stdout) != 0 || ferror(stdout)) {
		perror("hokenctl: standard output");
		status = REFUSED;
	}
	arena_free(ctl.arena);
	return status;
}

const char *
option_text(enum option_name name)
{
	return options[name].name;
}

/* Widths need a UTF-8 locale whatever the terminal's is called; messages
 * follow the language that the user has set. */
static void
speak(struct ctl *ctl)
{
	const char *messages;

	setlocale(LC_CTYPE, "");
	if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
		setlocale(LC_CTYPE, "C.UTF-8");
	messages = setlocale(LC_MESSAGES, "");
	if (messages == NULL) /* set, but not installed */
		messages = getenv("LC_ALL") != NULL ? getenv("LC_ALL")
						    : getenv("LANG");
	ctl->lang = messages != NULL && strncmp(messages, "ja", 2) == 0 ? "ja"
									: "en";
}

/* CARRY_ON with the index of the first word behind the options, or an exit
 * status. */
static int
read_options(struct ctl *ctl, int argc, char **argv, int *first)
{
	struct option longs[OPTIONS + COMMON + 1] = {
		{ "json", no_argument, NULL, LONG_JSON },
		{ "help", no_argument, NULL, LONG_HELP },
		{ "version", no_argument, NULL, LONG_VERSION },
	};
	int c;

	for (int i = 0; i < OPTIONS; i++)
		longs[i + COMMON] = (struct option) { options[i].name,
			options[i].value == NULL ? no_argument
						 : required_argument,
			NULL, LONG_FIRST + i };
	while ((c = getopt_long(argc, argv, "hs:", longs, NULL)) != -1) {
		if (c == 's') {
			ctl->socket = optarg;
		} else if (c == LONG_JSON) {
			ctl->json = true;
		} else if (c == 'h' || c == LONG_HELP) {
			usage(stdout);
			return DONE;
		} else if (c == LONG_VERSION) {
			puts("hokenctl " HOKEND_VERSION);
			return DONE;
		} else if (c >= LONG_FIRST) {
			ctl->options[c - LONG_FIRST] = optarg == NULL ? "1"
								      : optarg;
		} else {
			fputs("hokenctl help lists the commands\n", stderr);
			return MISUSED;
		}
	}
	*first = optind;
	return CARRY_ON;
}

static int
run(struct ctl *ctl, char **words, int count)
{
	const struct command *command = find(ctl, words, count);

	if (count == 0)
		return misused("which command?", "", "");
	if (command == NULL)
		return misused(known(words[0]) ? "wrong arguments: "
					       : "no such command: ",
		    words[0], words[0]);
	if (stray_option(ctl, command) != NULL)
		return misused("not with this command: --",
		    stray_option(ctl, command), words[0]);
	return command->run(ctl);
}

static const struct command *
find(struct ctl *ctl, char **words, int count)
{
	for (const struct command *c = commands; c->pattern != NULL; c++)
		if (fits(ctl, c->pattern, words, count))
			return c;
	return NULL;
}

static bool
known(const char *word)
{
	for (const struct command *c = commands; c->pattern != NULL; c++)
		if (begins(c, word))
			return true;
	return false;
}

/* Does the command begin with this word? */
static bool
begins(const struct command *command, const char *word)
{
	size_t len = strlen(word);

	return len > 0 && strncmp(command->pattern, word, len) == 0 &&
	    (command->pattern[len] == ' ' || command->pattern[len] == '\0');
}

/* Matches word by word and notes the operands on the way. */
static bool
fits(struct ctl *ctl, const char *pattern, char **words, int count)
{
	char *rest = arena_dup(ctl->arena, pattern);
	int at = 0, operands = 0;

	memset(ctl->operands, 0, sizeof(ctl->operands));
	for (char *part; (part = strsep(&rest, " ")) != NULL; at++) {
		bool optional = part[0] == '[';
		bool operand = optional || (part[0] >= 'A' && part[0] <= 'Z');

		if (at >= count)
			return optional;
		if (operand)
			ctl->operands[operands++] = words[at];
		else if (strcmp(part, words[at]) != 0)
			return false;
	}
	return at == count;
}

/* An option that was given and that the command does not take. */
static const char *
stray_option(const struct ctl *ctl, const struct command *command)
{
	for (int i = 0; i < OPTIONS; i++)
		if (ctl->options[i] != NULL &&
		    (command->options & TAKES(i)) == 0)
			return options[i].name;
	return NULL;
}

/* With what she may have meant, so that the reason does not scroll away. */
static int
misused(const char *why, const char *what, const char *word)
{
	fprintf(stderr, "hokenctl: %s%s\n", why, what);
	if (!known(word))
		fputs("hokenctl help lists the commands\n", stderr);
	for (const struct command *c = commands; c->pattern != NULL; c++)
		if (begins(c, word))
			usage_line(stderr, c);
	return MISUSED;
}

static int
help_run(struct ctl *ctl)
{
	(void)ctl;
	usage(stdout);
	return DONE;
}

static void
usage(FILE *to)
{
	fputs("usage: hokenctl [-s socket] [--json] command\n", to);
	for (const struct command *c = commands; c->pattern != NULL; c++)
		usage_line(to, c);
}

static void
usage_line(FILE *to, const struct command *command)
{
	fprintf(to, "\t%s", command->pattern);
	for (int i = 0; i < OPTIONS; i++)
		if ((command->options & TAKES(i)) != 0)
			fprintf(to,
			    options[i].value == NULL ? " [--%s]" : " [--%s %s]",
			    options[i].name, options[i].value);
	putc('\n', to);
}
