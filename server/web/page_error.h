/* What the page for whatever went wrong is given. */
#ifndef WEB_PAGE_ERROR_H
#define WEB_PAGE_ERROR_H

#include "web/page.h"

struct error_page {
	enum text title, what;
	bool again;		/* the page of the form can be opened anew */
};

#endif
