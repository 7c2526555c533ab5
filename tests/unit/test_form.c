/* Forms: pairs, limits, and that what was typed is kept. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "asking.h"
#include "web/form.h"

#define EIGHT(x) x x x x x x x x

static const struct {
	const char *encoded;
	const char *a; /* value of "a", NULL: refused */
	const char *second; /* next value of "a", or NULL */
} forms[] = {
	{ "", "", NULL },
	{ "a=b", "b", NULL },
	{ "a=", "", NULL },
	{ "a", "", NULL },
	{ "b=c&a=d", "d", NULL },
	{ "a=b&a=c", "b", "c" },
	{ "&&a=b&&", "b", NULL },
	{ "a=b=c", "b=c", NULL },
	{ "a=b+c%2Bd", "b c+d", NULL },
	{ "%61=b%26c", "b&c", NULL },
	{ "a=%E6%98%A5", "春", NULL },
	{ "a=春", "春", NULL },
	{ "a=%0D%0A", "\r\n", NULL },
	{ "a=b;c=d", "b;c=d", NULL },
	{ "a=%00", NULL, NULL },
	{ "a=%ff", NULL, NULL },
	{ "a=\xff", NULL, NULL },
	{ "\xc0\xaf=b", NULL, NULL },
	{ "a=%4", NULL, NULL },
	{ "a=%", NULL, NULL },
	{ "a=%zz", NULL, NULL },
	{ EIGHT(EIGHT("a=b&")), "b", "b" },
	{ EIGHT(EIGHT("a=b&")) "a=b", NULL, NULL },
};

static const struct {
	const char *type;
	bool read;
} types[] = {
	{ "application/x-www-form-urlencoded", true },
	{ "Application/X-WWW-Form-Urlencoded; charset=UTF-8", true },
	{ "application/x-www-form-urlencoded ;x", true },
	{ "application/x-www-form-urlencoded2", false },
	{ "application/x-www-form", false },
	{ "multipart/form-data; boundary=x", false },
	{ "application/json", false },
	{ "", false },
	{ NULL, false },
};

static enum text
check_no_x(const char *value)
{
	return strchr(value, 'x') ? T_route_host : TEXT_NONE;
}

static const struct field fields[] = {
	{ "a", 5, false, check_no_x },
	{ "n", 7, true, NULL },
};

static const struct {
	const char *encoded;
	const char *a, *n; /* as shown again */
	enum text a_error, n_error;
} checks[] = {
	{ "", "", "", 0, 0 },
	{ "a=12345&n=1234567", "12345", "1234567", 0, 0 },
	{ "a=123456", "123456", "", T_form_too_long, 0 },
	{ "a=春夏秋冬春", "春夏秋冬春", "", 0, 0 },
	{ "a=春夏秋冬春夏", "春夏秋冬春夏", "", T_form_too_long, 0 },
	{ "a=+12345+", "12345", "", 0, 0 },
	{ "a=%E3%80%80b", "b", "", 0, 0 },
	{ "a=x", "x", "", T_route_host, 0 },
	{ "a=b%0Ac", "b\nc", "", T_form_control, 0 },
	{ "a=b%01c", "b\001c", "", T_form_control, 0 },
	{ "a=b%E2%80%AEc", "b\u202ec", "", T_form_control, 0 },
	{ "n=123%0D%0A456", "", "123\n456", 0, 0 },
	{ "n=123%0A456", "", "123\n456", 0, 0 },
	{ "n=b%0Dc", "", "b\rc", 0, T_form_control },
	{ "n=b%1Bc", "", "b\033c", 0, T_form_control },
	{ "a=xxxxxx&n=12345678", "xxxxxx", "12345678", T_form_too_long,
	    T_form_too_long },
};

static void
test_pairs(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); i++) {
		struct incoming *in = ask(METHOD_GET, "/");
		in->request.query = forms[i].encoded;
		struct form *form = form_query(&in->request);
		if ((form == NULL) != (forms[i].a == NULL))
			fail_msg("%s", forms[i].encoded);
		if (form != NULL) {
			assert_string_equal(form_get(form, "a"), forms[i].a);
			assert_string_equal(form_get(form, "zz"), "");
			const char *next = form_nth(form, "a", 1);
			if (forms[i].second == NULL)
				assert_null(next);
			else
				assert_string_equal(next, forms[i].second);
			assert_null(form_nth(form, "a", 64));
		}
		ask_end(in);
	}
}

static void
test_raw_nul(void **state)
{
	struct incoming *in = ask(METHOD_POST, "/");

	(void)state;
	assert_null(form_read(&in->request, (struct bytes) { "a=b\0c", 5 }));
	ask_end(in);
}

static void
test_types(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++) {
		struct incoming *in = ask(METHOD_POST, "/");
		ask_header(in, "content-type", types[i].type);
		in->request.body = (struct bytes) { "a=b", 3 };
		struct form *form = form_body(&in->request);
		assert_int_equal(form != NULL, types[i].read);
		ask_end(in);
	}
}

static void
test_checks(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(checks) / sizeof(*checks); i++) {
		struct incoming *in = ask(METHOD_GET, "/");
		struct entry entry[2];
		in->request.query = checks[i].encoded;
		struct form *form = form_query(&in->request);
		assert_non_null(form);
		int wrong = form_check(&in->request, form, fields, 2, entry);
		assert_string_equal(entry[0].value, checks[i].a);
		assert_string_equal(entry[1].value, checks[i].n);
		assert_int_equal(entry[0].error, checks[i].a_error);
		assert_int_equal(entry[1].error, checks[i].n_error);
		assert_int_equal(wrong,
		    (checks[i].a_error != 0) + (checks[i].n_error != 0));
		ask_end(in);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pairs),
		cmocka_unit_test(test_raw_nul),
		cmocka_unit_test(test_types),
		cmocka_unit_test(test_checks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
