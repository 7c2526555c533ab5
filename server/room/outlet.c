/* Where flyers lie. */
#include "room/outlet.h"

#include <ctype.h>
#include <string.h>

#include "base/text.h"

#define CODE_LENGTH 4
#define CODE_TRIES 8

static const struct db_field outlet_row[] = { DB_FIELD(struct outlet, id),
	DB_FIELD(struct outlet, code), DB_FIELD(struct outlet, name),
	DB_FIELD(struct outlet, withdrawn), DB_FIELD(struct outlet, created_at),
	DB_FIELD(struct outlet, visits), DB_FIELD(struct outlet, recent),
	DB_FIELD(struct outlet, bookings), DB_END };

static const char *draw_code(struct arena *);

char *
outlet_code_read(struct arena *arena, const char *typed)
{
	char *code = text_nfkc(arena, typed), *to = code;

	for (const char *from = code; *from != '\0'; from++)
		if (!isspace((unsigned char)*from))
			*to++ = (char)tolower((unsigned char)*from);
	*to = '\0';
	return code;
}

bool
outlet_code_ok(const char *code)
{
	size_t len = strlen(code);

	return len >= 2 && len <= OUTLET_CODE_MAX && code[0] != '-' &&
	    code[len - 1] != '-' &&
	    strspn(code, "abcdefghijklmnopqrstuvwxyz0123456789-") == len;
}

enum outlet_result
outlet_add(struct desk *d, const char *name, const char *code,
    struct outlet *outlet)
{
	int64_t id = seal_id(), count;
	int added = DB_CONFLICT;

	if (db_value(d->db, &count, outlet_count) != 1)
		return OUTLET_FAULT;
	if (count >= OUTLETS_MAX)
		return OUTLET_MANY;
	for (int i = 0; i < CODE_TRIES && added == DB_CONFLICT; i++) {
		const char *own = code[0] ? code : draw_code(d->arena);

		added = db_do(d->db, outlet_add, .id = id, .code = own,
		    .name = name, .now = d->now);
		if (added == 1)
			return outlet_by_code(d, own, outlet) == 1
			    ? OUTLET_DONE
			    : OUTLET_FAULT;
	}
	return added == DB_CONFLICT ? OUTLET_TAKEN : OUTLET_FAULT;
}

enum outlet_result
outlet_withdraw(struct desk *d, const char *code, bool withdrawn)
{
	int rows = db_do(d->db, outlet_withdraw, .code = code,
	    .withdrawn = withdrawn);

	return rows < 0 ? OUTLET_FAULT
	    : rows == 0 ? OUTLET_UNKNOWN
			: OUTLET_DONE;
}

int
outlet_by_code(struct desk *d, const char *code, struct outlet *outlet)
{
	return db_one(d->db, d->arena, outlet_row, outlet, outlet_by_code,
	    .code = code);
}

int
outlet_find(struct desk *d, const char *words, struct outlet *outlet)
{
	struct outlet *list;
	int found = outlet_by_code(d, outlet_code_read(d->arena, words),
	    outlet);
	int count = found == 0 ? outlet_list(d, &list) : 0;

	for (int i = 0; i < count; i++)
		if (strcmp(list[i].name, words) == 0) {
			*outlet = list[i];
			return 1;
		}
	return count < 0 ? -1 : found;
}

int
outlet_list(struct desk *d, struct outlet **list)
{
	return db_all(d->db, d->arena, outlet_row, list, outlet_list,
	    .since = when_day(d->now) - OUTLET_RECENT_DAYS);
}

/* Without 0 and o, 1, i and l, 5 and s, 8 and b. */
static const char *
draw_code(struct arena *arena)
{
	static const char letters[] = "234679acdefghjkmnpqrtuvwxyz";
	char code[CODE_LENGTH + 1] = "";

	for (size_t i = 0; i < CODE_LENGTH; i++)
		code[i] = letters[seal_below(sizeof(letters) - 1)];
	return arena_dup(arena, code);
}
