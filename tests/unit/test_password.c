/* Passwords: long enough, not what anybody would try first. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "room/password.h"

#define TEN "あいうえおかきくけこ"
#define TWENTY TEN TEN
#define HUNDRED TWENTY TWENTY TWENTY TWENTY TWENTY

static const struct {
	const char *password;
	enum password expected;
} cases[] = {
	{ "", PASSWORD_SHORT },
	{ "ab1-cd2_e", PASSWORD_SHORT },
	{ "ab1-cd2_ef", PASSWORD_FINE },
	{ "あいうえおかきくけ", PASSWORD_SHORT }, /* 27 bytes */
	{ TEN, PASSWORD_FINE },
	{ "three words and blanks", PASSWORD_FINE },
	{ HUNDRED HUNDRED, PASSWORD_FINE },
	{ HUNDRED HUNDRED "a", PASSWORD_LONG },
	{ "aaaaaaaaaa", PASSWORD_SIMPLE },
	{ "abcdabcdabcd", PASSWORD_SIMPLE },
	{ "abcdeabcde", PASSWORD_FINE },
	{ "tab\tin between", PASSWORD_CONTROL },
	{ "line\nin between", PASSWORD_CONTROL },
	{ "midori-2026-07", PASSWORD_NAME },
	{ "2026-MIDORI-07", PASSWORD_NAME },
	{ "2026-midor-07", PASSWORD_FINE },
};

static void
the_rule(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_int_equal(password_check("midori", cases[i].password),
		    cases[i].expected);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(the_rule) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
