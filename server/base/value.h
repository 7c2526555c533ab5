/*
 * A value on its way into a page or a letter.  VALUE() chooses by the type
 * of its argument, so that escaping follows from the type.
 */
#ifndef BASE_VALUE_H
#define BASE_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* HTML that is already safe: the one marked exception to escaping. */
struct raw {
	const char *html;
};

struct value {
	enum { VALUE_TEXT, VALUE_NUMBER, VALUE_RAW } kind;
	const char *text;	/* NULL prints nothing */
	int64_t number;
};
#define VALUE(x) _Generic((x), \
	const char *: value_text, char *: value_text, \
	int: value_number, unsigned: value_number, long: value_number, \
	long long: value_number, unsigned long: value_number, \
	struct raw: value_raw)(x)
struct value value_text(const char *);
struct value value_number(int64_t);
struct value value_raw(struct raw);

/* Both forms of a value: as HTML (escaped, raw passes) and as plain text
 * (raw is a fault of ours there).  value_fill replaces {1}, {2}, ... of a
 * catalogue text by values; `html` says how they are written. */
struct buf;
void value_print(struct buf *, struct value, bool html);
void value_fill(struct buf *, const char *text, const struct value *,
    size_t count, bool html);

#endif
