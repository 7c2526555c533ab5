# make run     installs what is missing, builds, serves the sample room
# make test    installs what is missing, runs every test
# make bench   ratios against bare baselines, in at most eight minutes
# make test-long   the same promises at full length
# make shots   pictures of every page into build/shots
# make lint    every check that needs no running
# make fuzz    lets every parser read invented inputs, FUZZ_S seconds each
# make all test-unit test-story test-eyes test-asan test-fuzz clean: as they say
# V=1 shows the commands

MAKEFLAGS += -r
BUILD ?= build
GEN = $(BUILD)/gen

# Knobs of `make run`.
VAR ?= var
PORT ?= 8080
ROOM ?= etc/rooms/weekday.conf
REHEARSE ?=

CC = gcc
CFLAGS ?= -O2 -g
WARN = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes \
	-Wmissing-prototypes -Wformat=2 -Wcast-qual -Wwrite-strings -Wvla \
	-Wundef
HARDEN = -D_FORTIFY_SOURCE=3 -fstack-protector-strong \
	-fstack-clash-protection -fcf-protection -fPIE
COMPILE = $(CC) -std=c2x -D_GNU_SOURCE $(WARN) $(HARDEN) $(CFLAGS) \
	-Iserver -I$(GEN) -MMD -MP \
	-DHOKEND_VERSION='"$(HOKEND_VERSION)"' \
	$(if $(CONF),-DHOKEND_CONF='"$(CONF)"') \
	$(if $(SOCKET),-DHOKEND_SOCKET='"$(SOCKET)"')
ASAN = BUILD=$(BUILD)/asan HARDEN= CFLAGS="-O1 -g -fno-omit-frame-pointer \
	-fsanitize=address,undefined -fno-sanitize-recover=all" \
	STORIES="tests/story $(EYES:%=--ignore=%)"
# What a person sees is looked at once, and needs no sanitizer.
EYES = $(patsubst %,tests/story/test_%.py,looks states flyer_print)
STORIES = tests/story
# Inputs made by libFuzzer, which comes with clang.
FUZZ = BUILD=$(BUILD)/fuzz CC=clang WARN="-Wall -Werror" HARDEN= CFLAGS="-O1 -g \
	-fno-omit-frame-pointer -D__SANITIZE_ADDRESS__ \
	-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all"
TSAN = BUILD=$(BUILD)/tsan HARDEN= CFLAGS="-O1 -g -fno-omit-frame-pointer \
	-fsanitize=thread"
HOKEND_VERSION := $(shell sed -n '1s/.*(\(.*\)).*/\1/p' debian/changelog)
LINK = $(CC) $(CFLAGS) -pie -Wl,-z,relro,-z,now -Wl,--as-needed -pthread
LIBS = -levent -lhttp_parser -lsqlite3 -lical -lcurl \
	-lsodium -ljansson -lconfuse -lunistring -lqrencode -ldeflate -lz -lm

# The directories are the list: a source stands in the layer it belongs to.
SERVER = $(wildcard $(patsubst %,server/%/*.c,base store room calendar mail http web office api))
HOKEND = $(wildcard server/*.c)
CTL = $(wildcard client/ctl/*.c)
UNIT = $(wildcard tests/unit/test_*.c)
TEMPLATES = $(wildcard client/pages/*.html client/pages/*.txt)
CATALOGUES = $(wildcard client/po/*.po)
ASSETS = $(wildcard client/static/*)
SQL = $(wildcard sql/*.sql sql/schema/*.sql)

GENERATED = $(addprefix $(GEN)/,statements.c pages.c letters.c catalogue.c \
	assets.c assets.S)
HOUSE = $(SERVER:%.c=$(BUILD)/%.o) $(GENERATED:$(GEN)/%=$(GEN)/%.o)
TESTS = $(UNIT:tests/unit/%.c=$(BUILD)/unit/%)
FUZZERS = $(patsubst tests/fuzz/%.c,$(BUILD)/%,$(wildcard tests/fuzz/fuzz_*.c))
BENCH = $(addprefix $(BUILD)/bench/,load evhttp bare slow_sync.so)

all: $(BUILD)/hokend $(BUILD)/hokenctl

$(BUILD)/hokend: $(HOKEND:%.c=$(BUILD)/%.o) $(BUILD)/libhoken.a
	echo link $@
	$(LINK) -o $@ $^ $(LIBS)
$(BUILD)/hokenctl: $(CTL:%.c=$(BUILD)/%.o) $(BUILD)/libhoken.a
	echo link $@
	$(LINK) -o $@ $^ $(LIBS)
$(BUILD)/unit/%: $(BUILD)/tests/unit/%.o $(BUILD)/tests/unit/patience.o \
    $(BUILD)/libhoken.a
	mkdir -p $(@D)
	echo link $@
	$(LINK) -o $@ $^ $(LIBS) -lcmocka
$(BUILD)/fuzz_%: $(BUILD)/tests/fuzz/fuzz_%.o $(BUILD)/libhoken.a
	echo link $@
	$(LINK) -fsanitize=fuzzer -o $@ $^ $(LIBS)
$(BUILD)/bench/%: $(BUILD)/tests/bench/%.o $(BUILD)/libhoken.a
	mkdir -p $(@D)
	echo link $@
	$(LINK) -o $@ $^ $(LIBS)
$(BUILD)/bench/%.so: tests/bench/%.c
	mkdir -p $(@D)
	echo link $@
	$(COMPILE) -fPIC -shared -o $@ $<
# Records what reaches the disk, for the judge of power losses.
$(BUILD)/faults/tape.so: tests/faults/tape.c
	mkdir -p $(@D)
	echo cc $<
	$(COMPILE) -fPIC -shared -o $@ $<
$(BUILD)/libhoken.a: $(HOUSE)
	rm -f $@
	echo ar $@
	ar rcs $@ $^

$(addprefix $(BUILD)/,server/options.o client/ctl/hokenctl.o): debian/changelog
$(BUILD)/%.o: %.c | $(GEN)/made
	mkdir -p $(@D)
	echo cc $<
	$(COMPILE) -c -o $@ $<
# Long strings are what generated sources are for.
$(GEN)/%.o: $(GEN)/% | $(GEN)/made
	echo cc $<
	$(COMPILE) -Wno-overlength-strings -c -o $@ $<
$(GEN)/assets.S.o: $(ASSETS)

# Generated sources.  The tools write only what has changed, so `.made` files
# say when they ran; directories tell of files that went away.
$(GEN)/made: $(patsubst %,$(GEN)/%.made,statements pages catalogue assets)
	touch $@
$(GEN)/%.made: $(GEN)/tool-%
	echo generate $*
	$< $(GEN) $(sort $(filter-out $< %/,$^))
	touch $@
$(GEN)/statements.made: $(SQL) sql/ sql/schema/
$(GEN)/pages.made: $(TEMPLATES) client/pages/
$(GEN)/catalogue.made: $(CATALOGUES) client/po/
$(GEN)/assets.made: $(ASSETS) client/static/
# Headers are named too: objects that include one must wait for the new one.
$(GEN)/statements.c $(GEN)/statements.h: $(GEN)/statements.made ;
$(addprefix $(GEN)/,pages.c pages.h letters.c letters.h): $(GEN)/pages.made ;
$(GEN)/catalogue.c $(GEN)/catalogue.h: $(GEN)/catalogue.made ;
$(addprefix $(GEN)/,assets.c assets.h assets.S): $(GEN)/assets.made ;

$(GEN)/tool-%: server/gen/%.c server/gen/tool.c server/gen/tool.h
	mkdir -p $(@D)
	echo tool $<
	$(CC) -std=c2x -D_GNU_SOURCE $(WARN) -O1 -g -Werror -Iserver -o $@ \
	    $(filter %.c,$^) -lgettextpo -lsodium -ldeflate

$(GEN)/tool-pages: server/gen/markup.c server/gen/markup.h
$(GEN)/tool-catalogue: server/gen/ruby.c server/gen/ruby.h

run:
	etc/install-packages run build
	$(MAKE) --no-print-directory -j$$(nproc) all
	exec $(BUILD)/hokend -f etc/hokend.conf -d $(VAR) -p $(PORT) -r $(ROOM) \
	    $(if $(REHEARSE),--rehearse $(REHEARSE))

test:
	etc/install-packages run build test
	$(call each,test-unit test-asan test-eyes test-faults test-fuzz)

# The same promises at full length, and every story told to the programs that
# are shipped: two hours, most of it fuzzing.
test-long:
	etc/install-packages run build test deb
	$(call each,test-story test-faults test-tsan fuzz,LENGTH=long FUZZ_S=600)

# One after the other, whatever the one before said.
each = failed=; for part in $(1); do \
	$(MAKE) --no-print-directory $(2) $$part || failed=1; \
	done; [ ! "$$failed" ]

test-unit:
	$(MAKE) --no-print-directory -j$$(nproc) built
	failed=; for t in $(TESTS); do echo $$t; $$t || failed=1; done; [ ! "$$failed" ]

test-story: tests/node_modules/.package-lock.json
	$(MAKE) --no-print-directory -j$$(nproc) built
	BUILD=$(BUILD) HOKEND=$(BUILD)/hokend HOKENCTL=$(BUILD)/hokenctl \
	    /usr/bin/python3 -m pytest -q $(STORIES)

test-eyes:
	$(MAKE) --no-print-directory test-story STORIES="$(EYES)"

# Every parser of ours: the corpus, then that many seconds of new inputs.
FUZZ_S = 20
fuzz:
	$(MAKE) --no-print-directory -j$$(nproc) $(FUZZ) fuzzers
	tests/fuzz/run $(BUILD)/fuzz $(FUZZ_S)
fuzzers: $(FUZZERS)
test-fuzz:
	$(MAKE) --no-print-directory fuzz FUZZ_S=2

# Judges with ledgers of their own, and the mutants that they must catch.
test-faults:
	$(MAKE) --no-print-directory -j$$(nproc) all $(BUILD)/faults/tape.so
	BUILD=$(BUILD) HOKEND=$(BUILD)/hokend tests/faults/run $(LENGTH)

test-asan:
	$(call each,test-unit test-story,$(ASAN))
test-tsan:
	$(call each,threads,$(TSAN))

# What threads share; stories look for reports in the daemon's log.
threads:
	$(MAKE) --no-print-directory -j$$(nproc) all \
	    $(BUILD)/unit/test_writer $(BUILD)/unit/test_crew
	$(BUILD)/unit/test_writer
	$(BUILD)/unit/test_crew
	BUILD=$(BUILD) HOKEND=$(BUILD)/hokend HOKENCTL=$(BUILD)/hokenctl \
	    /usr/bin/python3 -m pytest -q tests/story/test_race.py \
	    tests/story/test_letters.py tests/story/test_smtp.py \
	    tests/story/test_api.py

tests/node_modules/.package-lock.json: tests/package-lock.json tests/.npmrc
	npm ci --no-audit --no-fund --prefix tests
	touch $@

# ONLY="1 6 13" runs some of the measures.
bench:
	etc/install-packages run build bench
	$(MAKE) --no-print-directory -j$$(nproc) all $(BENCH)
	BUILD=$(BUILD) /usr/bin/python3 tests/bench/bench.py $(ONLY)

# Every page and state as pictures, to leaf through in a browser.
shots: tests/node_modules/.package-lock.json
	etc/install-packages run build test
	$(MAKE) --no-print-directory -j$$(nproc) all
	BUILD=$(BUILD) HOKEND=$(BUILD)/hokend HOKENCTL=$(BUILD)/hokenctl \
	    tests/shots $(BUILD)/shots

lint:
	etc/install-packages run build lint
	tests/lint $(BUILD)/lint

built: all $(TESTS)

clean:
	rm -rf $(BUILD)

include etc/install.mk

ifndef V
.SILENT:
endif
.PHONY: all run test test-long test-faults
.PHONY: test-unit test-story test-eyes test-asan test-tsan test-fuzz threads \
	fuzz fuzzers built bench shots lint clean
.SECONDARY:
.DELETE_ON_ERROR:
-include $(wildcard $(patsubst %.o,%.d,$(HOUSE)) \
	$(patsubst %.c,$(BUILD)/%.d,$(HOKEND) $(CTL) $(UNIT) \
	$(wildcard tests/bench/*.c tests/fuzz/*.c)))
