# make install   DESTDIR, PREFIX, SYSCONFDIR, STATEDIR, UNITDIR
# make deb       a Debian package in $(BUILD)/deb; VERSION=... names another

PREFIX ?= /usr/local
SYSCONFDIR ?= /etc
STATEDIR ?= /var/lib/hokend
UNITDIR ?= $(PREFIX)/lib/systemd/system
DATADIR = $(PREFIX)/share/hokend
DOCDIR ?= $(PREFIX)/share/doc/hokend
MANDIR = $(PREFIX)/share/man
VERSION ?=

# Installed programs know their places; their objects are others than those
# of `make all`.
installed:
	$(MAKE) --no-print-directory -j$$(nproc) BUILD=$(BUILD)/installed \
	    CONF=$(SYSCONFDIR)/hokend/hokend.conf \
	    SOCKET=$(STATEDIR)/hokend.sock all

install: installed
	install -D -t $(DESTDIR)$(PREFIX)/sbin $(BUILD)/installed/hokend
	install -D -t $(DESTDIR)$(PREFIX)/bin $(BUILD)/installed/hokenctl
	install -D -m 644 -t $(DESTDIR)$(MANDIR)/man8 server/hokend.8
	install -D -m 644 -t $(DESTDIR)$(MANDIR)/man1 client/ctl/hokenctl.1
	install -D -m 644 -t $(DESTDIR)$(MANDIR)/man5 $(wildcard etc/*.5)
	install -D -m 644 -t $(DESTDIR)$(DATADIR)/rooms $(wildcard etc/rooms/*)
	install -D -m 644 -t $(DESTDIR)$(DOCDIR) etc/nginx.conf doc/operation.md
	install -d $(DESTDIR)$(SYSCONFDIR)/hokend $(DESTDIR)$(UNITDIR)
	[ -e $(DESTDIR)$(SYSCONFDIR)/hokend/hokend.conf ] || \
	    sed 's,^var = .*,var = "$(STATEDIR)",' etc/hokend.conf \
	    >$(DESTDIR)$(SYSCONFDIR)/hokend/hokend.conf
	for unit in hokend.service hokend.socket; do \
	    sed -e 's,/usr/sbin,$(PREFIX)/sbin,' \
	        -e 's,/var/lib/hokend,$(STATEDIR),' \
	        etc/$$unit >$(DESTDIR)$(UNITDIR)/$$unit; done

deb:
	etc/install-packages run build deb
	etc/make-deb $(BUILD)/deb $(VERSION)

.PHONY: installed install deb
