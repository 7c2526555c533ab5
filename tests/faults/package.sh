# Sourced by deb and systemd: the package twice, in $work/old.deb and
# $work/next.deb.  The second differs in its number alone: what is tried is
# the upgrade.
two_versions() {
	built=$(etc/make-deb "$work" | tail -n 1)
	cp "$built" "$work/old.deb"
	version=$(dpkg-deb --field "$built" Version)+next
	rm -rf "$work/next"
	dpkg-deb --raw-extract "$built" "$work/next"
	sed -i "s/^Version: .*/Version: $version/" "$work/next/DEBIAN/control"
	dpkg-deb --build --root-owner-group "$work/next" "$work/next.deb" \
	    >/dev/null
	rm -rf "$work/next"
}
