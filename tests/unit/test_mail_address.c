/* Mail addresses: what passes, what does not and why, what is remarked. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "room/mail_address.h"

#define A16 "aaaaaaaaaaaaaaaa"
#define A64 A16 A16 A16 A16

static const struct {
	const char *address;
	enum mail_fault fault;
} checks[] = {
	{ "yuki@example.jp", MAIL_FINE },
	{ "YUKI@EXAMPLE.JP", MAIL_FINE },
	{ "yuki.sato+room@mail.example.co.jp", MAIL_FINE },
	{ "o'hara@example.com", MAIL_FINE },
	{ "a@xn--bckxe.jp", MAIL_FINE },
	{ "a..b@docomo.ne.jp", MAIL_FINE },
	{ "yuki.@docomo.ne.jp", MAIL_FINE },
	{ "y...u.@t.vodafone.ne.jp", MAIL_FINE },
	{ A64 "@example.jp", MAIL_FINE },
	{ "", MAIL_AT },
	{ "yuki", MAIL_AT },
	{ "yuki@example@jp", MAIL_AT },
	{ "@example.jp", MAIL_LOCAL },
	{ ".yuki@docomo.ne.jp", MAIL_LOCAL },
	{ "yu..ki@example.jp", MAIL_LOCAL },
	{ "yuki.@example.jp", MAIL_LOCAL },
	{ "yuki.@notdocomo.ne.jp", MAIL_LOCAL },
	{ "yuki@", MAIL_DOMAIN },
	{ "yuki@example", MAIL_DOMAIN },
	{ "yuki@example.", MAIL_DOMAIN },
	{ "yuki@.example.jp", MAIL_DOMAIN },
	{ "yuki@exa..mple.jp", MAIL_DOMAIN },
	{ "yuki@-example.jp", MAIL_DOMAIN },
	{ "yuki@example-.jp", MAIL_DOMAIN },
	{ "yuki@exam_ple.jp", MAIL_DOMAIN },
	{ "yuki@192.0.2.1", MAIL_DOMAIN },
	{ "yuki@example.j", MAIL_DOMAIN },
	{ "yuki@" A64 ".jp", MAIL_DOMAIN },
	{ "yuki sato@example.jp", MAIL_CHARACTER },
	{ "yuki@example.jp\r\nRCPT TO:<x@example.jp", MAIL_AT },
	{ "yuki@example.jp\r\nDATA", MAIL_CHARACTER },
	{ "yuki@example.jp\n", MAIL_CHARACTER },
	{ "yu\tki@example.jp", MAIL_CHARACTER },
	{ "\"yu ki\"@example.jp", MAIL_CHARACTER },
	{ "yuki@[192.0.2.1]", MAIL_CHARACTER },
	{ "yuki@example.jp,sato@example.jp", MAIL_AT },
	{ "<yuki@example.jp>", MAIL_CHARACTER },
	{ "ゆき@example.jp", MAIL_CHARACTER },
	{ "yuki@例.jp", MAIL_CHARACTER },
	{ A64 "a@example.jp", MAIL_LONG },
	{ "a@" A64 "." A64 "." A64 "." A64 ".jp", MAIL_LONG },
};

static const struct {
	const char *address;
	enum mail_hint hint;
} hints[] = {
	{ "yuki@example.jp", MAIL_HINT_NONE },
	{ "yuki@docomo.ne.jp", MAIL_HINT_NONE },
	{ "yuki@yahoo.co.jp", MAIL_HINT_NONE },
	{ "yuki@notco.jp", MAIL_HINT_NONE },
	{ "a..b@docomo.ne.jp", MAIL_HINT_CARRIER },
	{ "yuki.@ezweb.ne.jp", MAIL_HINT_CARRIER },
	{ "yuki@example.co.jp", MAIL_HINT_WORK },
	{ "yuki@mail.Example.CO.JP", MAIL_HINT_WORK },
	{ "yuki@example.or.jp", MAIL_HINT_WORK },
	{ "yuki@example.go.jp", MAIL_HINT_WORK },
	{ "yuki@city.example.lg.jp", MAIL_HINT_WORK },
	{ "yuki@city.example.hokkaido.jp", MAIL_HINT_WORK },
	{ "yuki@example.ac.jp", MAIL_HINT_WORK },
	{ "yuki@notyahoo.co.jp", MAIL_HINT_WORK },
};

static void
test_check(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(checks) / sizeof(checks[0]); i++) {
		print_message("%s\n", checks[i].address);
		assert_int_equal(mail_address_check(checks[i].address),
		    checks[i].fault);
	}
}

static void
test_hint(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(hints) / sizeof(hints[0]); i++) {
		print_message("%s\n", hints[i].address);
		assert_int_equal(mail_address_hint(hints[i].address),
		    hints[i].hint);
	}
}

static void
test_clean(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	assert_string_equal(
	    mail_address_clean(arena, "　ｙｕｋｉ＠ｅｘａｍｐｌｅ．ｊｐ "),
	    "yuki@example.jp");
	assert_string_equal(mail_address_clean(arena, ""), "");
	arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_check),
		cmocka_unit_test(test_hint),
		cmocka_unit_test(test_clean),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
