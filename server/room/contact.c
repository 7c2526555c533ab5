/* Contacts in their boxes. */
#include "room/contact.h"

#include <ctype.h>
#include <string.h>

#define DETAILS "details"
#define SOON "soon"

static const char *next(const char **at, const char *end);

/* Each text is ended by a NUL. */
struct bytes
contact_seal(struct desk *d, const char *table, int64_t row,
    const struct contact *contact)
{
	const char *const texts[] = {
		contact->name,
		contact->mail,
		access_print(d->arena, contact->access),
		contact->details ? DETAILS : "",
		contact->soon ? SOON : "",
	};
	const size_t count = sizeof(texts) / sizeof(texts[0]);
	size_t len = 0;
	char *plain, *at;

	for (size_t i = 0; i < count; i++)
		len += strlen(texts[i]) + 1;
	if (len == count)
		return (struct bytes) { 0 };
	at = plain = arena_get(d->arena, len);
	for (size_t i = 0; i < count; i++)
		at = stpcpy(at, texts[i]) + 1;
	return seal_box(d->keys, d->arena, table, row, "contact",
	    (struct bytes) { plain, len });
}

int
contact_unseal(struct desk *d, const char *table, int64_t row, struct bytes box,
    struct contact *contact)
{
	struct bytes plain = { "", 0 };
	const char *at, *end;

	if (box.data != NULL &&
	    seal_open(d->keys, d->arena, table, row, "contact", box, &plain) <
		0)
		return -1;
	at = plain.data;
	end = at + plain.len;
	contact->name = next(&at, end);
	contact->mail = next(&at, end);
	contact->access = access_read(d->arena, next(&at, end));
	contact->details = strcmp(next(&at, end), DETAILS) == 0;
	contact->soon = strcmp(next(&at, end), SOON) == 0;
	return 0;
}

struct bytes
contact_mail_index(struct desk *d, const char *mail)
{
	uint8_t digest[16];
	char *lower = arena_dup(d->arena, mail);

	if (mail[0] == '\0')
		return (struct bytes) { 0 };
	for (char *c = lower; *c != '\0'; c++)
		*c = (char)tolower((unsigned char)*c);
	seal_digest(d->keys, SEAL_BLIND_MAIL,
	    (struct bytes) { lower, strlen(lower) }, digest, sizeof(digest));
	return arena_bytes(d->arena, digest, sizeof(digest));
}

/* Older boxes hold fewer texts: "" for what they lack. */
static const char *
next(const char **at, const char *end)
{
	const char *text = *at;

	if (text == end)
		return "";
	*at += strlen(text) + 1;
	return text;
}
