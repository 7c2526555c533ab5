/* Classes of devices: what real browsers send, and what is never kept. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "web/device.h"

static const struct {
	const char *user_agent, *system, *browser;
} cases[] = {
	{ "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like "
	  "Gecko) Chrome/126.0.0.0 Mobile Safari/537.36",
	    "Android", "Chrome" },
	{ "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) "
	  "AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 "
	  "Mobile/15E148 Safari/604.1",
	    "iPhone", "Safari" },
	{ "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) "
	  "AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/126.0.6478.35 "
	  "Mobile/15E148 Safari/604.1",
	    "iPhone", "Chrome" },
	{ "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 "
	  "(KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 "
	  "Edg/126.0.0.0",
	    "Windows", "Edge" },
	{ "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:127.0) "
	  "Gecko/20100101 Firefox/127.0",
	    "Mac", "Firefox" },
	{ "Mozilla/5.0 (Linux; Android 14; SM-S921B) AppleWebKit/537.36 "
	  "(KHTML, like Gecko) SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile "
	  "Safari/537.36",
	    "Android", "Samsung Internet" },
	{ "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 "
	  "(KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36",
	    "ChromeOS", "Chrome" },
	{ "curl/7.88.1", "", "" },
	{ "<b>yuki@example.jp</b>", "", "" },
	{ "", "", "" },
	{ NULL, "", "" },
};

static void
devices_have_a_class(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct device device = device_of(cases[i].user_agent);

		assert_string_equal(device.system, cases[i].system);
		assert_string_equal(device.browser, cases[i].browser);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(devices_have_a_class),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
