/*
 * A value on its way into a page or a letter.  VALUE() chooses by the type
 * of its argument, so that escaping follows from the type.
 */
#ifndef BASE_VALUE_H
#define BASE_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How words are written.  A text with readings, {漢字|かんじ}, becomes
 * 漢字（かんじ）, <ruby>, or かんじ where HTML takes no markup: in attributes
 * and elements such as <title> and <option>. */
enum writing {
	AS_PLAIN,
	AS_HTML,
	AS_BARE
};

/* HTML that is already safe: the one marked exception to escaping. */
struct raw {
	const char *html;
};

/* A text of the room, which may have readings. */
struct ruby {
	const char *text;
};

struct value {
	enum { VALUE_TEXT, VALUE_NUMBER, VALUE_RAW, VALUE_RUBY } kind;
	const char *text;	/* NULL prints nothing */
	int64_t number;
};
#define VALUE(x) _Generic((x), \
	const char *: value_text, char *: value_text, \
	int: value_number, unsigned: value_number, long: value_number, \
	long long: value_number, unsigned long: value_number, \
	struct raw: value_raw, struct ruby: value_ruby, \
	struct value: value_same)(x)
struct value value_text(const char *);
struct value value_number(int64_t);
struct value value_raw(struct raw);
struct value value_ruby(struct ruby);
struct value value_same(struct value);	/* made elsewhere */

/* Writes a value: escaped in HTML, where raw passes; raw is a fault of ours
 * in plain text.  value_fill replaces {1}, {2}, ... of a catalogue text,
 * which is written already, by values. */
struct buf;
void value_print(struct buf *, struct value, enum writing);
void value_fill(struct buf *, const char *text, const struct value *,
    size_t count, enum writing);

#endif
