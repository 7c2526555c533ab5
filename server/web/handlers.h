/*
 * Every handler, by the file that defines it.  routes.c says which address
 * each one answers.
 */
#ifndef WEB_HANDLERS_H
#define WEB_HANDLERS_H

#include "web/web.h"

/* top.c, slots.c, holds.c */
handler top_show;
handler slots_show;
handler holds_make, holds_release, holds_extend;

/* notices.c */
handler privacy_show, accessibility_show, crisis_show;

/* flyer.c */
handler flyer_land;

/* office/flyer.c */
handler flyer_show;

/* office/outlets.c */
handler outlets_show, outlets_add, outlets_withdraw, outlets_restore;

/* events.c, missed.c: beside the list */
handler events_show;
handler missed_tell;

/* contact.c, check.c, done.c */
handler contact_show, contact_save;
handler check_show, check_book;
handler done_show;

/* ask.c, card.c */
handler ask_take;
handler card_show, card_take;

/* office/answers.c */
handler answers_show;

/* manage.c, visit.c, move.c, cancel.c, forget.c, leave.c */
handler manage_ask, manage_enter, manage_link;
handler visit_show, visit_reveal, visit_calendar;
handler visit_note, visit_letter;
handler move_show, move_do;
handler cancel_ask, cancel_do;
handler forget_ask, forget_do, forgotten_show;
handler leave_do;

/* office/waitlist.c */
handler waitlist_list, waitlist_strike;

/* waitlist.c, wish.c, offers.c, earlier.c */
handler waitlist_show, waitlist_add;
handler wish_show, wish_take, wish_withdraw;
handler offer_show, offer_answer;
handler earlier_do;

/* stop.c */
handler stop_show, stop_take;

/* sign_in.c, office/day.c, office/usage.c, feeds.c */
handler sign_in_show, sign_in_do, sign_out_do;
handler password_show, password_set;
handler day_show, outcome_set, contact_open;
handler usage_show;
handler feeds_show;

/* office/phone.c, office/walk_in.c */
handler phone_slots, phone_hold, phone_ask, phone_book, phone_release;
handler walk_in_add;

/* office/accounts.c */
handler accounts_show, accounts_add;
handler accounts_reset, accounts_disable, accounts_enable;

/* office/sittings.c */
handler sittings_show, sittings_end; /* one's own */
handler sittings_of_show, sittings_of_end; /* a manager's view */

/* office/letters.c */
handler letters_show, letters_again, letters_lift;
handler letters_pause, letters_resume;
handler letters_samples;

/* office/tidings.c */
handler tidings_show, tidings_choose;

/* office/closing.c */
handler close_show, close_do, closure_show, closure_reopen;

/* feeds.c, mail.c */
handler feed_get;
handler mail_list, mail_show;

/* static.c, metrics.c */
handler static_get, robots_get;
handler health_get, metrics_get;

/* api/ */
handler api_themes, api_slots;
handler api_bookings, api_book, api_booking;
handler api_move, api_cancel, api_outcome, api_forget;
handler api_waitlist, api_waitlist_withdraw;
handler api_usage, api_answers;
handler api_outlets, api_outlet_add;
handler api_outlet_withdraw, api_outlet_restore, api_flyer;
handler api_room_dump, api_room_load;
handler api_accounts, api_account_add;
handler api_account_reset, api_account_disable, api_account_enable;
handler api_sittings, api_sittings_end; /* GET, POST */
handler api_closures, api_close, api_closure, api_reopen;
handler api_walk_in;
handler api_outbox, api_outbox_again, api_address_lift;
handler api_courier_pause, api_courier_resume;
handler api_tidings, api_tidings_set;
handler api_backup_make;
handler api_openapi;

#endif
