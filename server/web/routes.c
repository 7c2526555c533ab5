/*
 * The route table: every address of the house, whose forms it takes, and
 * who answers.  Nothing else stands here.
 */
#include "web/handlers.h"

#define OPEN .guard = GUARD_OPEN
#define VISIT .guard = GUARD_VISIT
#define OFFICE .guard = GUARD_SITTING
#define API .api = true, .guard = GUARD_SITTING

#define GET METHOD_GET
#define POST METHOD_POST
#define PUT METHOD_PUT
#define DELETE METHOD_DELETE

/* clang-format off */
const struct route web_routes[] = {
	{ GET, "/", top_show, OPEN },
	{ GET, "/slots", slots_show, OPEN },
	{ GET, "/events", events_show, OPEN },
	{ POST, "/holds", holds_make, OPEN },
	{ POST, "/release", holds_release, VISIT },
	{ POST, "/extend", holds_extend, VISIT },
	{ GET, "/contact", contact_show, VISIT },
	{ POST, "/contact", contact_save, VISIT },
	{ GET, "/check", check_show, VISIT },
	{ POST, "/check", check_book, VISIT },
	{ GET, "/done", done_show, VISIT },

	{ GET, "/f/:code", flyer_land, OPEN },

	{ GET, "/privacy", privacy_show, OPEN },
	{ GET, "/accessibility", accessibility_show, OPEN },
	{ GET, "/crisis", crisis_show, OPEN },

	{ GET, "/manage", manage_ask, OPEN },
	{ POST, "/manage", manage_enter, OPEN },
	{ GET, "/manage/:token", manage_link, OPEN },
	{ GET, "/visit", visit_show, VISIT },
	{ POST, "/visit/reveal", visit_reveal, VISIT },
	{ GET, "/visit/move", move_show, VISIT },
	{ POST, "/visit/move", move_do, VISIT },
	{ GET, "/visit/cancel", cancel_ask, VISIT },
	{ POST, "/visit/cancel", cancel_do, VISIT },
	{ GET, "/visit/calendar.ics", visit_calendar, VISIT },
	{ POST, "/leave", leave_do, OPEN },

	{ GET, "/sign-in", sign_in_show, OPEN },
	{ POST, "/sign-in", sign_in_do, OPEN },
	{ POST, "/sign-out", sign_out_do, OFFICE },
	{ GET, "/password", password_show, OFFICE },
	{ POST, "/password", password_set, OFFICE },
	{ GET, "/staff", day_show, OFFICE },
	{ GET, "/staff/day", day_show, OFFICE },
	{ POST, "/staff/outcome", outcome_set, OFFICE },
	{ POST, "/staff/open", contact_open, OFFICE },
	{ GET, "/staff/book", phone_slots, OFFICE },
	{ POST, "/staff/book", phone_hold, OFFICE },
	{ GET, "/staff/book/:id", phone_ask, OFFICE },
	{ POST, "/staff/book/:id", phone_book, OFFICE },
	{ POST, "/staff/book/:id/release", phone_release, OFFICE },
	{ POST, "/staff/walk-in", walk_in_add, OFFICE },
	{ GET, "/staff/close", close_show, OFFICE },
	{ POST, "/staff/close", close_do, OFFICE },
	{ GET, "/staff/closures/:id", closure_show, OFFICE },
	{ POST, "/staff/closures/:id/reopen", closure_reopen, OFFICE },
	{ GET, "/staff/letters", letters_show, OFFICE },
	{ POST, "/staff/letters/pause", letters_pause, OFFICE },
	{ POST, "/staff/letters/resume", letters_resume, OFFICE },
	{ POST, "/staff/letters/:id/again", letters_again, OFFICE },
	{ GET, "/staff/accounts", accounts_show, OFFICE },
	{ POST, "/staff/accounts", accounts_add, OFFICE },
	{ POST, "/staff/accounts/:name/password", accounts_reset, OFFICE },
	{ POST, "/staff/accounts/:name/disable", accounts_disable, OFFICE },
	{ POST, "/staff/accounts/:name/enable", accounts_enable, OFFICE },
	{ GET, "/staff/accounts/:name/sittings", sittings_of_show, OFFICE },
	{ POST, "/staff/accounts/:name/sittings", sittings_of_end, OFFICE },
	{ GET, "/staff/sittings", sittings_show, OFFICE },
	{ POST, "/staff/sittings", sittings_end, OFFICE },
	{ GET, "/staff/outlets", outlets_show, OFFICE },
	{ POST, "/staff/outlets", outlets_add, OFFICE },
	{ GET, "/staff/outlets/:code/flyer", flyer_show, OFFICE },
	{ POST, "/staff/outlets/:code/withdraw", outlets_withdraw, OFFICE },
	{ POST, "/staff/outlets/:code/restore", outlets_restore, OFFICE },
	{ GET, "/staff/usage", usage_show, OFFICE },
	{ GET, "/staff/feeds", feeds_show, OFFICE },

	{ GET, "/feeds/:file", feed_get, OPEN },
	{ GET, "/mail", mail_list, OPEN },
	{ GET, "/mail/:id", mail_show, OPEN },
	{ GET, "/static/:rest", static_get, OPEN, .bare = true },
	{ GET, "/robots.txt", robots_get, OPEN, .bare = true },
	{ GET, "/healthz", health_get, OPEN, .bare = true },
	{ GET, "/metrics", metrics_get, OPEN, .bare = true },

	{ GET, "/api/v1/themes", api_themes, API },
	{ GET, "/api/v1/slots", api_slots, API },
	{ GET, "/api/v1/bookings", api_bookings, API },
	{ POST, "/api/v1/bookings", api_book, API },
	{ GET, "/api/v1/bookings/:code", api_booking, API },
	{ POST, "/api/v1/bookings/:code/move", api_move, API },
	{ POST, "/api/v1/bookings/:code/cancel", api_cancel, API },
	{ POST, "/api/v1/bookings/:code/outcome", api_outcome, API },
	{ POST, "/api/v1/bookings/:code/forget", api_forget, API },
	{ GET, "/api/v1/usage", api_usage, API },
	{ GET, "/api/v1/outlets", api_outlets, API },
	{ POST, "/api/v1/outlets", api_outlet_add, API },
	{ GET, "/api/v1/outlets/:code/flyer", api_flyer, API },
	{ POST, "/api/v1/outlets/:code/withdraw", api_outlet_withdraw, API },
	{ POST, "/api/v1/outlets/:code/restore", api_outlet_restore, API },
	{ GET, "/api/v1/room", api_room_dump, API },
	{ PUT, "/api/v1/room", api_room_load, API },
	{ GET, "/api/v1/accounts", api_accounts, API },
	{ POST, "/api/v1/accounts", api_account_add, API },
	{ POST, "/api/v1/accounts/:name/password", api_account_reset, API },
	{ POST, "/api/v1/accounts/:name/disable", api_account_disable, API },
	{ POST, "/api/v1/accounts/:name/enable", api_account_enable, API },
	{ GET, "/api/v1/accounts/:name/sittings", api_sittings, API },
	{ POST, "/api/v1/accounts/:name/sittings/end", api_sittings_end, API },
	{ POST, "/api/v1/walk-ins", api_walk_in, API },
	{ GET, "/api/v1/closures", api_closures, API },
	{ POST, "/api/v1/closures", api_close, API },
	{ GET, "/api/v1/closures/:id", api_closure, API },
	{ DELETE, "/api/v1/closures/:id", api_reopen, API },
	{ GET, "/api/v1/outbox", api_outbox, API },
	{ POST, "/api/v1/outbox/:id/again", api_outbox_again, API },
	{ POST, "/api/v1/courier/pause", api_courier_pause, API },
	{ POST, "/api/v1/courier/resume", api_courier_resume, API },
	{ POST, "/api/v1/backups", api_backup_make, API },
	{ GET, "/api/v1/openapi.json", api_openapi, API },
	{ 0, NULL, NULL, OPEN },
};
/* clang-format on */
