/*
 * The files of client/static -> assets.h, assets.c, assets.S and a gzip file each: the
 * static files as parts of the program, plain and compressed.  gcc 12 has no
 * #embed, so the assembler takes them in.
 *
 * All stand under one directory whose name is a hash of all of them: what a
 * browser keeps for ever under such an address never changes, and relative
 * addresses between the files (in CSS) stay true.
 *
 *	assets OUT_DIR FILE...
 */
#include "gen/tool.h"

#include <libdeflate.h>
#include <sodium.h>
#include <string.h>
#define ZLIB_CONST

enum { HASH_BYTES = 6 };

struct asset {
	struct source file;
	const char *name, *type;
	char *symbol;
	size_t packed_len; /* 0: packing saves nothing */
};

static const struct {
	const char *suffix, *type;
} types[] = {
	{ ".css", "text/css; charset=utf-8" },
	{ ".js", "text/javascript; charset=utf-8" },
	{ ".svg", "image/svg+xml" },
	{ ".png", "image/png" },
	{ ".ico", "image/x-icon" },
	{ ".woff2", "font/woff2" },
	{ ".txt", "text/plain; charset=utf-8" },
	{ ".json", "application/json" },
	{ ".webmanifest", "application/manifest+json" },
};

static const char *type_of(const char *path);
static void pack(struct asset *, const char *dir);
static void write_header(const char *dir, const struct asset *, size_t,
    const char *hash);
static void write_table(const char *dir, const struct asset *, size_t);
static void write_assembler(const char *dir, const struct asset *, size_t);

int
main(int argc, char **argv)
{
	if (argc < 2 || sodium_init() < 0)
		die("usage", 0, "assets OUT_DIR FILE...");
	const char *dir = argv[1];
	size_t count = (size_t)argc - 2;
	struct asset *assets = take(count * sizeof(*assets));
	crypto_generichash_state state;
	crypto_generichash_init(&state, NULL, 0, crypto_generichash_BYTES);
	for (size_t i = 0; i < count; i++) {
		struct asset *a = &assets[i];
		a->file = source_open(argv[i + 2]);
		a->name = path_name(a->file.path);
		a->type = type_of(a->file.path);
		a->symbol = take_symbol("", a->name);
		crypto_generichash_update(&state, (const void *)a->name,
		    strlen(a->name) + 1);
		crypto_generichash_update(&state, (const void *)a->file.at,
		    a->file.len);
		pack(a, dir);
	}
	unsigned char digest[crypto_generichash_BYTES];
	char hash[2 * HASH_BYTES + 1];
	crypto_generichash_final(&state, digest, sizeof(digest));
	sodium_bin2hex(hash, sizeof(hash), digest, HASH_BYTES);
	write_header(dir, assets, count, hash);
	write_table(dir, assets, count);
	write_assembler(dir, assets, count);
}

static const char *
type_of(const char *path)
{
	const char *dot = strrchr(path, '.');
	for (size_t i = 0; dot && i < sizeof(types) / sizeof(*types); i++)
		if (strcmp(dot, types[i].suffix) == 0)
			return types[i].type;
	die(path, 0, "no content type is known for this name");
}

/* gzip without name or time: the same bytes give the same bytes. */
static void
pack(struct asset *a, const char *dir)
{
	struct libdeflate_compressor *press = libdeflate_alloc_compressor(12);
	if (!press)
		die(a->file.path, 0, "no memory to compress it");
	unsigned char *packed = take(a->file.len);
	a->packed_len = libdeflate_gzip_compress(press, a->file.at, a->file.len,
	    packed, a->file.len);
	libdeflate_free_compressor(press);
	if (!a->packed_len) /* it would be no shorter */
		return;
	struct output *o = output_open(dir, take_print("%s.gz", a->name));
	fwrite(packed, 1, a->packed_len, o->to);
	output_close(o);
}

static void
write_header(const char *dir, const struct asset *assets, size_t count,
    const char *hash)
{
	struct output *o = output_open(dir, "assets.h");
	put(o,
	    "/* Written by server/gen/assets.c from client/static. */\n"
	    "#ifndef ASSETS_H\n#define ASSETS_H\n\n"
	    "#include \"base/mem.h\"\n\n"
	    "#define ASSETS_PATH \"/static/%s/\"\n",
	    hash);
	for (const struct asset *a = assets; a < assets + count; a++)
		put(o, "#define ASSET_%s ASSETS_PATH \"%s\"\n", a->symbol,
		    a->name);
	put(o,
	    "\n/* `packed` is gzip; empty where that saves nothing. */\n"
	    "struct asset {\n"
	    "\tconst char *path, *type;\n"
	    "\tstruct bytes plain, packed;\n};\n"
	    "extern const struct asset assets[];\n"
	    "extern const size_t asset_count;\n\n#endif\n");
	output_close(o);
}

static void
write_table(const char *dir, const struct asset *assets, size_t count)
{
	struct output *o = output_open(dir, "assets.c");
	put(o,
	    "/* Written by server/gen/assets.c from client/static. */\n"
	    "#include \"assets.h\"\n\n");
	for (const struct asset *a = assets; a < assets + count; a++)
		put(o, "extern const char asset_%s[], asset_%s_gz[];\n",
		    a->symbol, a->symbol);
	put(o,
	    "\nconst size_t asset_count = %zu;\n"
	    "const struct asset assets[%zu] = {\n",
	    count, count + 1);
	for (const struct asset *a = assets; a < assets + count; a++) {
		put(o, "\t{ ASSET_%s, \"%s\",\n\t    { asset_%s, %zu }, ",
		    a->symbol, a->type, a->symbol, a->file.len);
		if (a->packed_len)
			put(o, "{ asset_%s_gz, %zu } },\n", a->symbol,
			    a->packed_len);
		else
			put(o, "{ NULL, 0 } },\n");
	}
	put(o, "\t{ .path = NULL }\n};\n");
	output_close(o);
}

static void
write_assembler(const char *dir, const struct asset *assets, size_t count)
{
	struct output *o = output_open(dir, "assets.S");
	put(o,
	    "/* Written by server/gen/assets.c from client/static. */\n"
	    "\t.section .rodata\n");
	for (const struct asset *a = assets; a < assets + count; a++) {
		put(o, "\t.global asset_%s\nasset_%s:\t.incbin \"%s\"\n",
		    a->symbol, a->symbol, a->file.path);
		if (a->packed_len)
			put(o,
			    "\t.global asset_%s_gz\n"
			    "asset_%s_gz:\t.incbin \"%s/%s.gz\"\n",
			    a->symbol, a->symbol, dir, a->name);
	}
	put(o, "\t.section .note.GNU-stack,\"\",@progbits\n");
	output_close(o);
}
