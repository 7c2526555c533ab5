/* Which mail says that a letter came back, and which letter. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "mail/bounce.h"

#define ID "0123456789abcdef0123456789abcdef"
#define REPORT "Content-Type: message/delivery-status\n\n"
#define LETTER "Content-Type: message/rfc822\n\n"
#define MINE "Message-ID: <" ID "@example.jp>\n"
#define FAILED REPORT "Action: failed\nStatus: 5.1.1\n"

static void
notifications(void **)
{
	static const struct {
		const char *text;
		const char *status; /* NULL: none of a letter of ours */
	} cases[] = {
		{ FAILED LETTER MINE, "5.1.1" },
		{ REPORT "ACTION:Failed\r\nstatus:\t5.7.606 (spam)\r\n"
			 "content-type: TEXT/rfc822-headers\r\n\r\n"
			 "message-id:<" ID "@x>\r\n",
		    "5.7.606" },
		/* The first status and the first letter count. */
		{ FAILED "Status: 5.9.9\n" LETTER MINE
			 "Message-ID: <ffffffffffffffffffffffffffffffff@x>\n",
		    "5.1.1" },
		{ REPORT "Action: delayed\nStatus: 4.4.1\n" LETTER MINE, NULL },
		/* Tried until its queue gave it up. */
		{ REPORT "Action: failed\nStatus: 4.4.7\n" LETTER MINE,
		    "4.4.7" },
		{ REPORT "Action: delivered\nStatus: 2.0.0\n" LETTER MINE,
		    NULL },
		{ REPORT "Action: failed\n" LETTER MINE, NULL },
		{ REPORT "Action: failed\nStatus: 5\n" LETTER MINE, NULL },
		{ REPORT "Action: failed\nStatus: 5.11111.11111\n" LETTER MINE,
		    NULL },
		/* No report, or a letter that is not one of ours. */
		{ "Action: failed\nStatus: 5.1.1\n" LETTER MINE, NULL },
		{ MINE FAILED, NULL },
		{ LETTER MINE FAILED, NULL },
		{ FAILED LETTER "Message-ID: <0123@example.jp>\n", NULL },
		{ FAILED LETTER "Message-ID: " ID "@example.jp\n", NULL },
		{ FAILED LETTER "Message-ID: <" ID "0@example.jp>\n", NULL },
		{ FAILED LETTER "Message-ID: <" ID, NULL },
		{ FAILED LETTER "X-Message-ID: <" ID "@x>\n", NULL },
		{ FAILED, NULL },
		{ "", NULL },
	};
	struct arena *arena = arena_new();

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct bounce bounce;
		bool came_back = bounce_read(arena, cases[i].text, &bounce);

		if (came_back != (cases[i].status != NULL))
			fail_msg("case %zu", i);
		if (!came_back)
			continue;
		assert_string_equal(bounce.status, cases[i].status);
		assert_string_equal(bounce.message_id, ID);
	}
	arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(notifications),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
