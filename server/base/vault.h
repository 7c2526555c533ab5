/*
 * The vault: streams that open only with the recovery key.  Its secret half
 * is told to the operator once and kept nowhere; the server has the public
 * half, which seals and cannot open.
 */
#ifndef BASE_VAULT_H
#define BASE_VAULT_H

#include <stdio.h>

/* "4f0a-91c2-...", seventeen groups of four hex digits; the last one tells a
 * slip of the pen from another key. */
#define VAULT_KEY_ROOM 96

/* Draws a recovery key: its public half goes into a new file, its secret half
 * into `key` as text, which the caller wipes.  0 or -1 (logged). */
int vault_create(const char *path, char key[VAULT_KEY_ROOM]);
/* Writes the public half of a key that is there already. */
int vault_adopt(const char *path, const char *key);
/* Could this be a key?  Spaces, hyphens and line breaks do not matter. */
int vault_key_good(const char *key); /* 1 or 0 */

/* Seals all of `in` into `out` with the public half in a file.  0 or -1
 * (logged); flushes, but does not sync. */
int vault_seal(const char *path, FILE *in, FILE *out);
/* 0; 1 with a reason in *why when it is no sealed stream, was sealed to
 * another key, was changed or is cut short; -1 (logged).  What has been
 * written to `out` counts only after a 0. */
int vault_open(const char *key, FILE *in, FILE *out, const char **why);

void vault_wipe(void *, size_t len);

#endif
