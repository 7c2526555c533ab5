/*
 * Texts that people edit: the sole owner of libconfuse.
 *
 * libconfuse reads the text and finds sections; every value passes through
 * take_value(), which remembers its line, for libconfuse keeps none.  What
 * was read is then checked and copied into sections of our own.  The library's
 * lexer is global: one text is read at a time.
 */
#include "base/conf.h"

#include <assert.h>
#include <confuse.h>
#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/conf_tidy.h"
#include "base/text.h"

struct value {
	bool given;
	int line;
	const char *text;
	int number;
	const char **items;
	size_t count;
};

struct conf {
	const struct conf_section *kind;
	const char *title;
	int line;
	struct value *values; /* as kind->options */
	struct conf *children, *next;
};

/* Where an option was given. */
struct mark {
	const cfg_opt_t *opt;
	int line;
	struct mark *next;
};

/* The text that is being read. */
static struct reading {
	struct arena *arena;
	struct conf_error *error;
	struct mark *marks;
} reading;
static pthread_mutex_t one_reader = PTHREAD_MUTEX_INITIALIZER;

static struct conf *read_text(const char *text, const struct conf_section *);
static cfg_opt_t *options_of(const struct conf_section *);
static int take_value(cfg_t *, cfg_opt_t *, const char *value, void *result);
static void take_error(cfg_t *, const char *fmt, va_list);
static const struct mark *mark_of(const cfg_opt_t *);
static struct conf *copy_section(cfg_t *, const struct conf_section *);
static void copy_value(struct value *, cfg_t *, const struct conf_option *);
static void copy_children(struct conf *, cfg_t *, const struct conf_section *);
static void refuse(int line, const char *reason);
static int least(const struct conf_option *);
static int most(const struct conf_option *);
static bool parse_number(const char *, const struct conf_option *, int *);
static bool parse_switch(const char *, int *);
static const struct conf_option *option_named(const struct conf_section *,
    const char *name);
static const struct value *value_of(const struct conf *, const char *name,
    enum conf_kind);

const struct conf *
conf_parse(struct arena *arena, const char *text,
    const struct conf_section *allowed, struct conf_error *error)
{
	struct conf *conf = NULL;
	char *tidied;

	*error = (struct conf_error) { 0 };
	pthread_mutex_lock(&one_reader);
	reading = (struct reading) { .arena = arena, .error = error };
	tidied = conf_tidy(arena, text, error);
	if (tidied)
		conf = read_text(tidied, allowed);
	pthread_mutex_unlock(&one_reader);
	return error->reason ? NULL : conf;
}

const struct conf *
conf_next(const struct conf *in, const char *name, const struct conf *after)
{
	const struct conf *next = after ? after->next : in->children;

	while (next && strcmp(next->kind->name, name) != 0)
		next = next->next;
	return next;
}

const char *
conf_title(const struct conf *conf)
{
	return conf->title;
}

int
conf_line(const struct conf *conf, const char *name)
{
	const struct conf_option *option;
	const struct value *value;

	if (!name)
		return conf->line;
	option = option_named(conf->kind, name);
	value = &conf->values[option - conf->kind->options];
	return value->given ? value->line : conf->line;
}

bool
conf_has(const struct conf *conf, const char *name)
{
	const struct conf_option *option = option_named(conf->kind, name);

	return conf->values[option - conf->kind->options].given;
}

const char *
conf_text(const struct conf *conf, const char *name)
{
	return value_of(conf, name, CONF_TEXT)->text;
}

int
conf_number(const struct conf *conf, const char *name)
{
	return value_of(conf, name, CONF_NUMBER)->number;
}

bool
conf_switch(const struct conf *conf, const char *name)
{
	return value_of(conf, name, CONF_SWITCH)->number != 0;
}

size_t
conf_list(const struct conf *conf, const char *name, const char *const **items)
{
	const struct value *value = value_of(conf, name, CONF_LIST);

	*items = value->items;
	return value->count;
}

static struct conf *
read_text(const char *text, const struct conf_section *allowed)
{
	cfg_t *cfg = cfg_init(options_of(allowed), CFGF_NONE);
	struct conf *conf = NULL;

	if (!cfg)
		abort(); /* our own tables, or no memory */
	cfg_set_error_function(cfg, take_error);
	if (cfg_parse_buf(cfg, text) == CFG_SUCCESS)
		conf = copy_section(cfg, allowed);
	else if (!reading.error->reason)
		refuse(cfg->line, "not understood");
	cfg_free(cfg);
	return conf;
}

static cfg_opt_t *
options_of(const struct conf_section *kind)
{
	const struct conf_section *s = kind->sections;
	const struct conf_option *o = kind->options;
	size_t count = 0;
	cfg_opt_t *opts, *opt;

	for (; o && o[count].name; count++)
		;
	for (; s && s->name; s++)
		count++;
	opt = opts = arena_array(reading.arena, cfg_opt_t, count + 1);
	for (; o && o->name; o++)
		*opt++ = o->kind == CONF_LIST
		    ? (cfg_opt_t)CFG_STR_LIST_CB(o->name, NULL, CFGF_NODEFAULT,
			  take_value)
		    : (cfg_opt_t)CFG_STR_CB(o->name, NULL, CFGF_NODEFAULT,
			  take_value);
	for (s = kind->sections; s && s->name; s++)
		*opt++ = (cfg_opt_t)CFG_SEC(s->name, options_of(s),
		    CFGF_MULTI |
			(s->titled ? CFGF_TITLE | CFGF_NO_TITLE_DUPES : 0));
	*opt = (cfg_opt_t)CFG_END();
	return opts;
}

/* One value as it is met.  A list comes item by item; its first one resets
 * the list, so that a second list of that name shows by its count. */
static int
take_value(cfg_t *cfg, cfg_opt_t *opt, const char *text, void *result)
{
	const struct mark *before = mark_of(opt);
	struct mark *mark;

	if (!text_valid(text, strlen(text))) {
		cfg_error(cfg, "%s is not UTF-8", opt->name);
		return -1;
	}
	if (before && opt->nvalues <= 1) {
		cfg_error(cfg, "%s is given twice, first in line %d", opt->name,
		    before->line);
		return -1;
	}
	if (!before) {
		mark = arena_get(reading.arena, sizeof(*mark));
		*mark = (struct mark) { opt, cfg->line, reading.marks };
		reading.marks = mark;
	}
	*(const char **)result = text; /* libconfuse copies it */
	return 0;
}

static void
take_error(cfg_t *cfg, const char *fmt, va_list args)
{
	char reason[256];

	vsnprintf(reason, sizeof(reason), fmt, args);
	refuse(cfg->line, arena_dup(reading.arena, reason));
}

static const struct mark *
mark_of(const cfg_opt_t *opt)
{
	const struct mark *mark = reading.marks;

	while (mark && mark->opt != opt)
		mark = mark->next;
	return mark;
}

static const struct conf_option *
option_named(const struct conf_section *kind, const char *name)
{
	const struct conf_option *option = kind->options;

	while (option->name && strcmp(option->name, name) != 0)
		option++;
	assert(option->name);
	return option;
}

static struct conf *
copy_section(cfg_t *cfg, const struct conf_section *kind)
{
	struct conf *conf = arena_get(reading.arena, sizeof(*conf));
	const struct conf_option *options = kind->options;
	const char *title = cfg_title(cfg);
	size_t count = 0;

	while (options && options[count].name)
		count++;
	conf->kind = kind;
	conf->title = arena_dup(reading.arena, title ? title : "");
	conf->line = kind->name ? cfg->line : 1;
	conf->values = arena_array(reading.arena, struct value, count);
	for (size_t i = 0; i < count; i++) {
		struct value *value = &conf->values[i];

		copy_value(value, cfg, &options[i]);
		if (value->given && value->line < conf->line)
			conf->line = value->line;
	}
	for (size_t i = 0; i < count; i++)
		if (options[i].required && !conf->values[i].given)
			refuse(conf->line,
			    arena_print(reading.arena, "%s needs %s",
				kind->name ? kind->name : "the text",
				options[i].name));
	copy_children(conf, cfg, kind);
	return conf;
}

static void
copy_value(struct value *value, cfg_t *cfg, const struct conf_option *option)
{
	cfg_opt_t *opt = cfg_getopt(cfg, option->name);
	const struct mark *mark = mark_of(opt);

	*value = (struct value) { .text = option->text,
		.number = option->number };
	if (!mark)
		return;
	value->given = true;
	value->line = mark->line;
	value->count = cfg_opt_size(opt);
	value->items = arena_array(reading.arena, const char *, value->count);
	for (unsigned i = 0; i < value->count; i++)
		value->items[i] = arena_dup(reading.arena,
		    cfg_opt_getnstr(opt, i));
	switch (option->kind) {
	case CONF_TEXT:
		value->text = value->items[0];
		break;
	case CONF_NUMBER:
		if (!parse_number(value->items[0], option, &value->number))
			refuse(value->line,
			    arena_print(reading.arena,
				"%s must be a number from %d to %d",
				option->name, least(option), most(option)));
		break;
	case CONF_SWITCH:
		if (!parse_switch(value->items[0], &value->number))
			refuse(value->line,
			    arena_print(reading.arena,
				"%s must be true or false", option->name));
		break;
	case CONF_LIST:
		break;
	}
}

static void
copy_children(struct conf *conf, cfg_t *cfg, const struct conf_section *kind)
{
	const struct conf_section *s = kind->sections;
	struct conf **last = &conf->children;

	for (; s && s->name; s++)
		for (unsigned i = 0; i < cfg_size(cfg, s->name); i++) {
			*last = copy_section(cfg_getnsec(cfg, s->name, i), s);
			last = &(*last)->next;
		}
}

/* The complaint that stands highest in the text is told; of one line's the
 * first. */
static void
refuse(int line, const char *reason)
{
	if (!reading.error->reason || line < reading.error->line)
		*reading.error = (struct conf_error) { line, reason };
}

static int
least(const struct conf_option *option)
{
	return option->least || option->most ? option->least : INT_MIN;
}

static int
most(const struct conf_option *option)
{
	return option->least || option->most ? option->most : INT_MAX;
}

static bool
parse_number(const char *s, const struct conf_option *option, int *number)
{
	char *end;
	long n;

	errno = 0;
	n = strtol(s, &end, 10);
	if (errno || end == s || *end || n < least(option) || n > most(option))
		return false;
	*number = (int)n;
	return true;
}

static bool
parse_switch(const char *s, int *on)
{
	int parsed = cfg_parse_boolean(s);

	*on = parsed == 1;
	return parsed >= 0;
}

static const struct value *
value_of(const struct conf *conf, const char *name, enum conf_kind kind)
{
	const struct conf_option *option = option_named(conf->kind, name);

	assert(option->kind == kind);
	return &conf->values[option - conf->kind->options];
}
