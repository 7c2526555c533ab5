/* Contacts in their boxes. */
#include "room/contact.h"

#include <ctype.h>
#include <string.h>

struct bytes
contact_seal(struct desk *d, const char *table, int64_t row,
    const struct contact *contact)
{
	size_t name = strlen(contact->name) + 1;
	size_t mail = strlen(contact->mail) + 1;
	const char *needs = access_print(d->arena, contact->access);
	size_t access = strlen(needs) + 1;
	char *plain = arena_get(d->arena, name + mail + access);

	if (name + mail + access == 3)
		return (struct bytes) { 0 };
	/* Each is ended by a NUL. */
	memcpy(plain, contact->name, name);
	memcpy(plain + name, contact->mail, mail);
	memcpy(plain + name + mail, needs, access);
	return seal_box(d->keys, d->arena, table, row, "contact",
	    (struct bytes) { plain, name + mail + access });
}

int
contact_unseal(struct desk *d, const char *table, int64_t row, struct bytes box,
    struct contact *contact)
{
	struct bytes plain;
	const char *end, *needs;

	contact->name = contact->mail = "";
	contact->access = 0;
	if (box.data == NULL)
		return 0;
	if (seal_open(d->keys, d->arena, table, row, "contact", box, &plain) <
	    0)
		return -1;
	end = (const char *)plain.data + plain.len;
	contact->name = plain.data;
	contact->mail = contact->name + strlen(contact->name) + 1;
	/* Boxes of the first schema end with the address. */
	needs = contact->mail + strlen(contact->mail) + 1;
	if (needs < end)
		contact->access = access_read(d->arena, needs);
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
