/* The page on which advisors choose what they are told by mail. */
#ifndef OFFICE_TIDINGS_H
#define OFFICE_TIDINGS_H

#include "room/tidings.h"
#include "web/page.h"

/* The form of one advisor. */
struct tidings_form {
	const struct tidings *of;
	const char *address;	/* hers for herself, or as typed; else "" */
	const char *lang;
	bool notices, digest;
	enum text wrong;
};

struct tidings_page {
	struct tidings_form *forms;
	int count;
	bool own;		/* her own alone */
	bool saved;
	enum text wrong;	/* of the form that was sent */
	const char *wrong_code;
};

#endif
