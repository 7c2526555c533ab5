/* What an attempt to send comes to, and which addresses never leave. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <curl/curl.h>

#include "base/smtp.h"

/* As libcurl 7.88 reports them: the outcome, the last code, whether the
 * message was handed over. */
static void
judgement(void **)
{
	static const struct {
		CURLcode outcome;
		int reply;
		enum smtp_step step;
		enum smtp_result result;
		int code;
		const char *why;
	} cases[] = {
		{ CURLE_OK, 250, SMTP_HANDED_OVER, SMTP_DELIVERED, 0, "taken" },
		/* Nobody there, nobody to trust, nobody who talks. */
		{ CURLE_COULDNT_RESOLVE_HOST, 0, SMTP_ARRIVING, SMTP_AWAY, 0,
		    "connect" },
		{ CURLE_COULDNT_CONNECT, 0, SMTP_ARRIVING, SMTP_AWAY, 0,
		    "connect" },
		{ CURLE_PEER_FAILED_VERIFICATION, 220, SMTP_ARRIVING, SMTP_AWAY,
		    0, "tls" },
		{ CURLE_USE_SSL_FAILED, 250, SMTP_ARRIVING, SMTP_AWAY, 0,
		    "tls" },
		{ CURLE_USE_SSL_FAILED, 454, SMTP_ARRIVING, SMTP_AWAY, 454,
		    "tls" },
		{ CURLE_OPERATION_TIMEDOUT, 0, SMTP_ARRIVING, SMTP_AWAY, 0,
		    "silence" },
		{ CURLE_OPERATION_TIMEDOUT, 250, SMTP_ARRIVING, SMTP_AWAY, 0,
		    "silence" },
		{ CURLE_RECV_ERROR, 250, SMTP_ARRIVING, SMTP_AWAY, 0, "lost" },
		{ CURLE_ABORTED_BY_CALLBACK, 250, SMTP_ARRIVING, SMTP_AWAY, 0,
		    "stopped" },
		/* A server that serves nobody, or not us. */
		{ CURLE_WEIRD_SERVER_REPLY, 421, SMTP_ARRIVING, SMTP_AWAY, 421,
		    "greeting" },
		{ CURLE_WEIRD_SERVER_REPLY, 554, SMTP_ARRIVING, SMTP_AWAY, 554,
		    "greeting" },
		{ CURLE_REMOTE_ACCESS_DENIED, 502, SMTP_ARRIVING, SMTP_AWAY,
		    502, "greeting" },
		{ CURLE_LOGIN_DENIED, 535, SMTP_ARRIVING, SMTP_AWAY, 535,
		    "login" },
		{ CURLE_LOGIN_DENIED, 454, SMTP_ARRIVING, SMTP_AWAY, 454,
		    "login" },
		{ CURLE_SEND_ERROR, 530, SMTP_TALKING, SMTP_AWAY, 530,
		    "reply" },
		/* MAIL, RCPT, DATA. */
		{ CURLE_OPERATION_TIMEDOUT, 250, SMTP_TALKING, SMTP_LATER, 0,
		    "silence" },
		{ CURLE_RECV_ERROR, 0, SMTP_TALKING, SMTP_LATER, 0, "lost" },
		{ CURLE_SEND_ERROR, 421, SMTP_TALKING, SMTP_LATER, 421,
		    "reply" },
		{ CURLE_SEND_ERROR, 451, SMTP_TALKING, SMTP_LATER, 451,
		    "reply" },
		{ CURLE_SEND_ERROR, 550, SMTP_TALKING, SMTP_REFUSED, 550,
		    "reply" },
		{ CURLE_SEND_ERROR, 250, SMTP_TALKING, SMTP_LATER, 0, "lost" },
		/* The message. */
		{ CURLE_SEND_ERROR, 354, SMTP_TALKING, SMTP_LATER, 0, "lost" },
		{ CURLE_WEIRD_SERVER_REPLY, 451, SMTP_HANDED_OVER, SMTP_LATER,
		    451, "reply" },
		{ CURLE_WEIRD_SERVER_REPLY, 554, SMTP_HANDED_OVER, SMTP_REFUSED,
		    554, "reply" },
		{ CURLE_RECV_ERROR, 354, SMTP_HANDED_OVER, SMTP_UNKNOWN, 0,
		    "lost" },
		{ CURLE_OPERATION_TIMEDOUT, 0, SMTP_HANDED_OVER, SMTP_UNKNOWN,
		    0, "silence" },
		{ CURLE_OPERATION_TIMEDOUT, 354, SMTP_HANDED_OVER, SMTP_UNKNOWN,
		    0, "silence" },
		{ CURLE_ABORTED_BY_CALLBACK, 354, SMTP_HANDED_OVER,
		    SMTP_UNKNOWN, 0, "stopped" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct smtp_answer answer = smtp_judge((int)cases[i].outcome,
		    cases[i].reply, cases[i].step);

		if (answer.result != cases[i].result)
			fail_msg("case %zu: result %d", i, answer.result);
		if (answer.code != cases[i].code)
			fail_msg("case %zu: code %d", i, answer.code);
		assert_string_equal(answer.why, cases[i].why);
	}
}

/* Only whole ones, of the reply's own class. */
static void
statuses(void **)
{
	static const struct {
		const char *line;
		int reply;
		const char *status;
	} cases[] = {
		{ "550 5.1.1 <yuki@example.jp>: who?\r\n", 550, "5.1.1" },
		{ "550-5.1.1 who?\r\n", 550, "5.1.1" },
		{ "550 5.1.10\r\n", 550, "5.1.10" },
		{ "451 4.123.456 later", 451, "4.123.456" },
		{ "250 2.1.5 ok\r\n", 250, "2.1.5" },
		{ "550 5.1.1", 550, "5.1.1" },
		{ "", 0, "" },
		{ "550", 0, "" },
		{ "550 ", 0, "" },
		{ "550 no such user 5.1.1\r\n", 0, "" },
		{ "550 5.1\r\n", 0, "" },
		{ "550 5.1.\r\n", 0, "" },
		{ "550 5..1\r\n", 0, "" },
		{ "550 5.1.1.1\r\n", 0, "" },
		{ "550 5.1.1x\r\n", 0, "" },
		{ "550 5.1.1234\r\n", 0, "" },
		{ "550 5.1234.1\r\n", 0, "" },
		{ "550 4.1.1 not of this class\r\n", 0, "" },
		{ "5500 5.1.1\r\n", 0, "" },
		{ "55 5.1.1\r\n", 0, "" },
		{ "550_5.1.1\r\n", 0, "" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char status[SMTP_STATUS_SIZE];
		int reply = smtp_status(cases[i].line, strlen(cases[i].line),
		    status);

		if (reply != cases[i].reply ||
		    strcmp(status, cases[i].status) != 0)
			fail_msg("case %zu: %d %s", i, reply, status);
	}
}

/* Nothing is connected for them: there is no server on that port. */
static void
odd_paths(void **)
{
	static const struct {
		const char *path;
		enum smtp_result result;
	} cases[] = {
		{ "<yuki@example.jp>", SMTP_AWAY },
		{ "<\"a..b\"@docomo.ne.jp>", SMTP_AWAY },
		{ "yuki@example.jp", SMTP_REFUSED },
		{ "", SMTP_REFUSED },
		{ "<>", SMTP_REFUSED },
		{ "<a@b.jp>\r\nRCPT TO:<eve@example.jp>", SMTP_REFUSED },
		{ "<a@b.jp\r\nRCPT TO:eve@example.jp>", SMTP_REFUSED },
		{ "<a@b.jp\n>", SMTP_REFUSED },
		{ "<a@b.jp> SIZE=1", SMTP_REFUSED },
		{ "<a@b.jp><c@d.jp>", SMTP_REFUSED },
		{ "<\"a b\"@c.jp>", SMTP_REFUSED },
		{ "<ゆき@example.jp>", SMTP_REFUSED },
		{ "<a\x7f@b.jp>", SMTP_REFUSED },
	};
	const struct smtp_server server = {
		.url = "smtp://127.0.0.1:1",
		.name = "localhost",
		.user = "",
		.password = "",
		.authorities = "",
		.patience_s = 5,
	};
	struct smtp *smtp = smtp_open(&server);

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct smtp_letter to = {
			.from = "<room@example.jp>",
			.to = cases[i].path,
			.message = { "Subject: x\r\n\r\n", 14 },
		};
		const struct smtp_letter from = {
			.from = cases[i].path,
			.to = "<room@example.jp>",
			.message = { "Subject: x\r\n\r\n", 14 },
		};

		if (smtp_send(smtp, &to).result != cases[i].result ||
		    smtp_send(smtp, &from).result != cases[i].result)
			fail_msg("case %zu: %s", i, cases[i].path);
	}
	smtp_close(smtp);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(judgement),
		cmocka_unit_test(statuses),
		cmocka_unit_test(odd_paths),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
