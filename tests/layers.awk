# Who may include what: a file of server/ knows its own layer and those that
# stand above it, hokenctl knows only base, and each library has one owner.
# Build tools may use any library they need.

BEGIN {
	above = split("base store room calendar mail http web office api", layers)
	for (i = 1; i <= above; i++)
		rank[layers[i]] = i
	# Generated headers belong to the layer that is the first to need them.
	rank["catalogue.h"] = rank["base"]
	rank["statements.h"] = rank["store"]
	rank["letters.h"] = rank["mail"]
	rank["pages.h"] = rank["assets.h"] = rank["web"]

	owner["sqlite3.h"] = "^server/store/"
	owner["sodium.h"] = "^server/base/(seal|vault)\\.c$"
	owner["curl/curl.h"] = "^server/base/(fetch|smtp)\\.c$"
	owner["libical/ical.h"] = "^server/base/ical\\.c$"
	owner["http_parser.h"] = "^server/http/[a-z_]*\\.[ch]$"
	owner["event2/"] = "^server/(http/[a-z_]*\\.[ch]|[a-z]*\\.c)$"
	owner["zlib.h"] = "^server/http/quilt\\.c$"
	owner["qrencode.h"] = "^server/base/qr\\.c$"
	owner["confuse.h"] = "^server/base/conf[a-z_]*\\.c$"
	owner["uninorm.h"] = owner["unistr.h"] = owner["unictype.h"] = \
	    "^server/base/text[a-z_]*\\.c$"
}

FNR == 1 {
	split(FILENAME, part, "/")
	layer = part[1] == "server" && part[2] in rank ? rank[part[2]] : \
	    FILENAME ~ /^client/ ? rank["base"] : above
	tool = FILENAME ~ /^server\/gen\//
}

/^#include "/ && !tool {
	split($2, name, "\"")
	split(name[2], dir, "/")
	if (dir[1] in rank && rank[dir[1]] > layer)
		complain(name[2] " stands below this layer")
	if (dir[1] == "gen")
		complain("only build tools include gen/")
}

/^#include </ && !tool {
	for (library in owner)
		if (index($2, "<" library) == 1 && \
		    FILENAME !~ owner[library] && FILENAME !~ /^tests\//)
			complain($2 " belongs to " owner[library])
}

function complain(what) {
	printf "%s:%d: %s\n", FILENAME, FNR, what
	failed = 1
}

END { exit failed }
