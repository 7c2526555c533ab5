/*
 * Configuration and the reader below it: what is accepted, what is refused
 * and with which line.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/conf.h"
#include "base/config.h"

static const struct conf_option theme_options[] = {
	{ "name", CONF_TEXT, .required = true },
	{ "rank", CONF_NUMBER, .number = 7, .least = 1, .most = 9 },
	{ "open", CONF_SWITCH, .number = true },
	{ .name = "advisors", .kind = CONF_LIST },
	{ 0 },
};
static const struct conf_option day_options[] = {
	{ "from", CONF_TEXT, .text = "09:00" },
	{ 0 },
};
static const struct conf_section room_sections[] = {
	{ "theme", .options = theme_options, .titled = true },
	{ "day", .options = day_options },
	{ 0 },
};
static const struct conf_option room_options[] = {
	{ .name = "title", .kind = CONF_TEXT },
	{ "window", CONF_NUMBER, .number = 60 },
	{ 0 },
};
static const struct conf_section room = { .options = room_options,
	.sections = room_sections };

static struct arena *arena;

static int
setup(void **)
{
	arena = arena_new();
	return 0;
}

static int
teardown(void **)
{
	arena_free(arena);
	return 0;
}

static void
test_values(void **)
{
	static const char text[] =
	    "# a comment with \"quotes\" and 'others' and { a brace\n"
	    "title = \"キャリアの保健室 #1, it's {open} \\\"now\\\" ${HOME} $1 // /* */\"\n"
	    "# another\n"
	    "window = 90 # days\n"
	    "\n#\n"
	    "theme \"career\" {\n"
	    "\tname = 'キャリア # \"のこと\"'\n"
	    "\tadvisors = {\"sato\",\n"
	    "\t\tsuzuki}\n"
	    "}\n"
	    "day { from = 10:30 }\r\n"
	    "theme health {\n"
	    "\tname = \"二行\nの名前\"\n"
	    "\trank = 3 open = no\n"
	    "}\n"
	    "day { }\n";
	struct conf_error error;
	const struct conf *conf = conf_parse(arena, text, &room, &error);
	const struct conf *theme, *day;
	const char *const *items;

	assert_non_null(conf);
	assert_string_equal(conf_text(conf, "title"),
	    "キャリアの保健室 #1, it's {open} \"now\" ${HOME} $1 // /* */");
	assert_int_equal(conf_number(conf, "window"), 90);
	assert_int_equal(conf_line(conf, "window"), 4);

	theme = conf_next(conf, "theme", NULL);
	assert_string_equal(conf_title(theme), "career");
	assert_string_equal(conf_text(theme, "name"), "キャリア # \"のこと\"");
	assert_int_equal(conf_line(theme, NULL), 8);
	assert_int_equal(conf_line(theme, "advisors"), 9);
	assert_int_equal(conf_list(theme, "advisors", &items), 2);
	assert_string_equal(items[0], "sato");
	assert_string_equal(items[1], "suzuki");
	assert_int_equal(conf_number(theme, "rank"), 7);
	assert_false(conf_has(theme, "rank"));
	assert_true(conf_switch(theme, "open"));

	theme = conf_next(conf, "theme", theme);
	assert_string_equal(conf_title(theme), "health");
	assert_string_equal(conf_text(theme, "name"), "二行\nの名前");
	assert_int_equal(conf_number(theme, "rank"), 3);
	assert_true(conf_has(theme, "rank"));
	assert_false(conf_switch(theme, "open"));
	assert_int_equal(conf_list(theme, "advisors", &items), 0);
	assert_null(conf_next(conf, "theme", theme));

	day = conf_next(conf, "day", NULL);
	assert_string_equal(conf_text(day, "from"), "10:30");
	day = conf_next(conf, "day", day);
	assert_string_equal(conf_text(day, "from"), "09:00");
	assert_string_equal(conf_title(day), "");
	assert_null(conf_next(conf, "day", day));
}

static void
test_empty(void **)
{
	struct conf_error error;
	const struct conf *conf = conf_parse(arena, "", &room, &error);

	assert_non_null(conf);
	assert_null(conf_text(conf, "title"));
	assert_int_equal(conf_line(conf, "title"), 1);
	assert_null(conf_next(conf, "theme", NULL));
}

/* Each is followed by a good text: a bad one must leave nothing behind. */
static void
test_refusals(void **)
{
	static const struct {
		const char *text;
		int line;
		const char *reason;
	} cases[] = {
		{ "titel = x", 1, "no such option 'titel'" },
		{ "\n\nwindow = soon", 3, "window must be a number" },
		{ "window = 1x", 1, "window must be a number" },
		{ "window = 99999999999", 1, "window must be a number" },
		{ "window = 1\n\nwindow = 2\n", 3,
		    "window is given twice, first in line 1" },
		{ "theme a { name = x\nrank = 10 }", 2,
		    "rank must be a number from 1 to 9" },
		{ "theme a { name = x\nrank = 0 }", 2, "rank must be" },
		{ "theme a { name = x\nopen = perhaps }", 2,
		    "open must be true or false" },
		{ "theme a {\nrank = 1\n}", 2, "theme needs name" },
		{ "theme a {\nname = x\n}\ntheme a {\nname = y\n}", 4,
		    "found duplicate title 'a'" },
		{ "theme a {\nname = x\nadvisors = {p}\nadvisors = {q}\n}", 4,
		    "advisors is given twice" },
		{ "theme {\nname = x\n}", 1, "missing title" },
		{ "\nday {\nfrom = 1\n", 2, "brace opened here" },
		{ "\ntitle = \"day {\nfrom = 1\n", 2, "quote opened here" },
		{ "title = 'never\nends", 1, "quote opened here" },
		{ "}", 1, "no brace is open" },
		{ "title = ${HOME}", 1, "need quotes" },
		{ "title = a\nwindow = \xff", 2, "window is not UTF-8" },
		{ "# a\n#\ntitle = \"\xff\"", 3, "title is not UTF-8" },
		{ "title = \"\\xff\"", 1, "bytes by number" },
		{ "title = \"\\0\"", 1, "bytes by number" },
		{ "title = http://x", 1, "need quotes" },
		{ "title = a\n/* b */", 2, "need quotes" },
		{ "title", 1, "" },
		{ "title = ", 1, "" },
		{ "title += x", 1, "append to non-list" },
		{ "include(\"/etc/passwd\")", 1, "no such option 'include'" },
		{ "day { include(\"/etc/passwd\") }", 1, "no such option" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct conf_error error;
		const struct conf *conf;

		conf = conf_parse(arena, cases[i].text, &room, &error);
		if (conf)
			fail_msg("accepted: %s", cases[i].text);
		if (error.line != cases[i].line ||
		    !strstr(error.reason, cases[i].reason))
			fail_msg("%s: line %d: %s", cases[i].text, error.line,
			    error.reason);
		conf = conf_parse(arena, "title = 'good'", &room, &error);
		if (!conf)
			fail_msg("after %s: %s", cases[i].text, error.reason);
		assert_string_equal(conf_text(conf, "title"), "good");
	}
}

static int
read_config(const char *text, struct config *config)
{
	char path[] = "/tmp/test-config-XXXXXX";
	int fd = mkstemp(path), result;

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	close(fd);
	result = config_read(arena, path, config);
	unlink(path);
	return result;
}

static void
assert_defaults(const struct config *config)
{
	assert_string_equal(config->listen, "127.0.0.1");
	assert_int_equal(config->port, 8080);
	assert_string_equal(config->public_url, "");
	assert_string_equal(config->zone, "Asia/Tokyo");
	assert_string_equal(config->mail_from, "yoyaku@localhost");
	assert_string_equal(config->mail_name, "予約係");
	assert_string_equal(config->smtp, "");
	assert_false(config_by_smtp(config));
	assert_false(config->smtp_plain);
	assert_int_equal(config->smtp_patience_s, 300);
	assert_int_equal(config->smtp_connections, 4);
	assert_string_equal(config->trusted_proxy, "");
	assert_int_equal(config->connections, 10000);
	assert_int_equal(config->connections_per_peer, 64);
	assert_int_equal(config->holds_per_network, 32);
	assert_int_equal(config->bookings_per_network, 40);
	assert_int_equal(config->bookings_per_mail, 3);
}

/* No file, an empty one and the sample say the same. */
static void
test_defaults(void **)
{
	struct config config;

	assert_int_equal(
	    config_read(arena, "/nonexistent/hokend.conf", &config), 0);
	assert_defaults(&config);
	assert_int_equal(read_config("", &config), 0);
	assert_defaults(&config);
	assert_int_equal(config_read(arena, "etc/hokend.conf", &config), 0);
	assert_defaults(&config);
	assert_string_equal(config.var, "var");
	assert_string_equal(config.room, "");
}

static void
test_given(void **)
{
	struct config config;

	assert_int_equal(
	    read_config("port = 9000\n"
			"public_url = \"https://yoyaku.example.jp/room\"\n"
			"listen = ::1\nmail_name = \"受付\"\n",
		&config),
	    0);
	assert_int_equal(config.port, 9000);
	assert_string_equal(config.public_url,
	    "https://yoyaku.example.jp/room");
	assert_string_equal(config.listen, "::1");
	assert_string_equal(config.mail_name, "受付");
}

/* Who is reached by SMTP, and who without TLS. */
static void
test_servers(void **)
{
	static const struct {
		const char *text;
		bool by_smtp, plain;
	} cases[] = {
		{ "smtp = \"smtp://mail.example.jp:587\"", true, false },
		{ "smtp = \"smtps://mail.example.jp\"", true, false },
		{ "smtp = \"smtp://[2001:db8::1]:25\"", true, false },
		{ "smtp = maildir", false, false },
		{ "smtp = \"smtp://127.0.0.1:25\"\nsmtp_tls = none", true,
		    true },
		{ "smtp = \"smtp://[::1]\"\nsmtp_tls = none", true, true },
		{ "smtp = \"smtp://localhost\"\nsmtp_tls = none", true, true },
	};
	struct config config;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		if (read_config(cases[i].text, &config) != 0)
			fail_msg("refused: %s", cases[i].text);
		assert_int_equal(config_by_smtp(&config), cases[i].by_smtp);
		assert_int_equal(config.smtp_plain, cases[i].plain);
	}
}

static void
test_wrong(void **)
{
	static const char *const texts[] = {
		"port = 0",
		"port = 65536",
		"colour = blue",
		"port = ",
		"listen = localhost",
		"listen = \"\"",
		"public_url = x",
		"public_url = \"https://x.jp/\"",
		"public_url = \"https://\"",
		"mail_from = yoyaku",
		"mail_from = \"a b@example.jp\"",
		"mail_name = \"a\\nBcc: x\"",
		"var = \"\"",
		"zone = \"\"",
		"leave_url = \"javascript:x\"",
		"trusted_proxy = proxy",
		"smtp = mail.example.jp",
		"smtp = \"http://mail.example.jp\"",
		"smtp = \"smtp://\"",
		"smtp = \"smtp://a b\"",
		"smtp = \"smtp://user@mail.example.jp\"",
		"smtp = \"smtp://mail.example.jp/\"",
		"smtp = \"smtp://mail.example.jp:0\"",
		"smtp = \"smtp://mail.example.jp:65536\"",
		"smtp = \"smtp://mail.example.jp:587x\"",
		"smtp = \"smtp://[::1\"",
		"smtp_tls = perhaps",
		"smtp = \"smtp://mail.example.jp\"\nsmtp_tls = none",
		"smtp = \"smtp://127.0.0.1.example.jp\"\nsmtp_tls = none",
		"smtp = \"smtps://localhost\"\nsmtp_tls = none",
		"smtp_user = room",
		"smtp_password_file = secret",
		"room { }",
	};
	struct config config;

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		if (read_config(texts[i], &config) != -1)
			fail_msg("accepted: %s", texts[i]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_values, setup, teardown),
		cmocka_unit_test_setup_teardown(test_empty, setup, teardown),
		cmocka_unit_test_setup_teardown(test_refusals, setup, teardown),
		cmocka_unit_test_setup_teardown(test_defaults, setup, teardown),
		cmocka_unit_test_setup_teardown(test_given, setup, teardown),
		cmocka_unit_test_setup_teardown(test_servers, setup, teardown),
		cmocka_unit_test_setup_teardown(test_wrong, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
