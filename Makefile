# make run     installs what is missing, builds, serves the sample room
# make test    installs what is missing, runs every test
# make lint    every check that needs no running
# make all test-unit test-story test-asan clean: as they say

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
	-Iserver -I$(GEN) -MMD -MP
LINK = $(CC) $(CFLAGS) -pie -Wl,-z,relro,-z,now -Wl,--as-needed -pthread
LIBS = -levent -levent_pthreads -lhttp_parser -lsqlite3 -lical -lcurl \
	-lsodium -ljansson -lconfuse -lunistring -lz -lm

# The directories are the list: a source stands in the layer it belongs to.
SERVER = $(wildcard $(patsubst %,server/%/*.c,base store room calendar mail web))
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

all: $(BUILD)/hokend $(BUILD)/hokenctl

$(BUILD)/hokend: $(BUILD)/server/hokend.o $(BUILD)/libhoken.a
	$(LINK) -o $@ $^ $(LIBS)
$(BUILD)/hokenctl: $(CTL:%.c=$(BUILD)/%.o) $(BUILD)/libhoken.a
	$(LINK) -o $@ $^ $(LIBS)
$(BUILD)/unit/%: $(BUILD)/tests/unit/%.o $(BUILD)/libhoken.a
	@mkdir -p $(@D)
	$(LINK) -o $@ $^ $(LIBS) -lcmocka
$(BUILD)/libhoken.a: $(HOUSE)
	@rm -f $@
	ar rcs $@ $^

$(BUILD)/%.o: %.c | $(GEN)/made
	@mkdir -p $(@D)
	$(COMPILE) -c -o $@ $<
# Long strings are what generated sources are for.
$(GEN)/%.o: $(GEN)/% | $(GEN)/made
	$(COMPILE) -Wno-overlength-strings -c -o $@ $<
$(GEN)/assets.S.o: $(ASSETS)

# Generated sources.  The tools write only what has changed, so `.made` files
# say when they ran.
$(GEN)/made: $(patsubst %,$(GEN)/%.made,statements pages catalogue assets)
	@touch $@
$(GEN)/statements.made: $(GEN)/tool-statements $(SQL) sql sql/schema
	$< $(GEN) $(sort $(SQL))
	@touch $@
$(GEN)/pages.made: $(GEN)/tool-pages $(TEMPLATES) client/pages
	$< $(GEN) $(sort $(TEMPLATES))
	@touch $@
$(GEN)/catalogue.made: $(GEN)/tool-catalogue $(CATALOGUES) client/po
	$< $(GEN) $(sort $(CATALOGUES))
	@touch $@
$(GEN)/assets.made: $(GEN)/tool-assets $(ASSETS) client/static
	$< $(GEN) $(sort $(ASSETS))
	@touch $@
$(GEN)/statements.c: $(GEN)/statements.made ;
$(GEN)/pages.c $(GEN)/letters.c: $(GEN)/pages.made ;
$(GEN)/catalogue.c: $(GEN)/catalogue.made ;
$(GEN)/assets.c $(GEN)/assets.S: $(GEN)/assets.made ;

$(GEN)/tool-%: server/gen/%.c server/gen/tool.c server/gen/tool.h
	@mkdir -p $(@D)
	$(CC) -std=c2x -D_GNU_SOURCE $(WARN) -O1 -g -Werror -Iserver -o $@ \
	    $(filter %.c,$^) -lgettextpo -lsodium -lz

run:
	@etc/install-packages run build
	@$(MAKE) --no-print-directory -j$$(nproc) all
	$(BUILD)/hokend -f etc/hokend.conf -d $(VAR) -p $(PORT) -r $(ROOM) \
	    $(if $(REHEARSE),--rehearse $(REHEARSE))

test:
	@etc/install-packages run build test
	@for part in test-unit test-asan test-story; do \
	    $(MAKE) --no-print-directory $$part || failed=1; \
	done; [ ! "$$failed" ]

test-unit:
	@$(MAKE) --no-print-directory -j$$(nproc) built
	@for t in $(TESTS); do echo $$t; $$t || failed=1; done; [ ! "$$failed" ]

test-story: tests/node_modules/.package-lock.json
	@$(MAKE) --no-print-directory -j$$(nproc) built
	BUILD=$(BUILD) /usr/bin/python3 -m pytest -q tests/story

test-asan:
	@$(MAKE) --no-print-directory BUILD=$(BUILD)/asan HARDEN= \
	    CFLAGS="-O1 -g -fsanitize=address,undefined -fno-omit-frame-pointer" \
	    test-unit test-story

tests/node_modules/.package-lock.json: tests/package-lock.json tests/.npmrc
	npm ci --no-audit --no-fund --prefix tests
	@touch $@

lint:
	@etc/install-packages run build lint
	@tests/lint $(BUILD)/lint

built: all $(TESTS)

clean:
	rm -rf $(BUILD)

.PHONY: all run test test-unit test-story test-asan built lint clean
.SECONDARY:
.DELETE_ON_ERROR:
-include $(wildcard $(patsubst %.o,%.d,$(HOUSE) $(CTL:%.c=$(BUILD)/%.o) \
	$(UNIT:%.c=$(BUILD)/%.o) $(BUILD)/server/hokend.o))
