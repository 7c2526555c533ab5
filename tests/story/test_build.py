"""The scripts around the build: what is installed, and who may include
what."""

import os
import stat
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def programs(folder, **scripts):
    """A PATH of these programs and the few that the script needs."""
    folder.mkdir()
    for name, text in scripts.items():
        path = folder / name.replace("_", "-")
        path.write_text("#!/bin/sh\n" + text)
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
    for name in ("sh", "awk", "dirname", "env"):
        target = subprocess.run(["which", name], capture_output=True,
                                text=True, check=True).stdout.strip()
        (folder / name).symlink_to(target)
    return {"PATH": str(folder)}


def install(env, *groups):
    return subprocess.run([ROOT / "etc/install-packages", *groups], env=env,
                          capture_output=True, text=True)


ALL_BUT_GCC = 'for p; do [ $p = gcc ] || printf "%s/installed " $p; done\n'
NOTED = 'echo "${0##*/} $*" >>"$LOG"\n'


def test_nothing_is_done_when_all_is_there(tmp_path):
    env = programs(tmp_path / "bin",
                   dpkg_query=ALL_BUT_GCC.replace("gcc", "none"))
    answer = install(env, "run", "build", "lint")
    assert (answer.returncode, answer.stdout, answer.stderr) == (0, "", "")


def test_what_is_missing_is_named_without_root(tmp_path):
    env = programs(tmp_path / "bin", dpkg_query=ALL_BUT_GCC,
                   id="echo 1000")
    answer = install(env, "run", "build")
    assert answer.returncode == 1
    assert answer.stderr == (
        "These packages are missing: gcc\n"
        "Install them as root: apt-get install gcc\n")
    assert install(env, "run").returncode == 0, "gcc belongs to build"


@pytest.mark.parametrize("uid, prefix", [(0, ""), (1000, "sudo ")])
def test_what_is_missing_is_installed(tmp_path, uid, prefix):
    env = programs(tmp_path / "bin", dpkg_query=ALL_BUT_GCC,
                   id=f"echo {uid}", apt_get=NOTED,
                   sudo=NOTED.replace("echo", "printf '%s\\n'") + '"$@"\n')
    env["LOG"] = str(tmp_path / "log")
    answer = install(env, "build")
    assert answer.returncode == 0
    assert answer.stdout == "Installing gcc\n"
    said = (tmp_path / "log").read_text().splitlines()
    done = "apt-get -q install -y --no-install-recommends gcc"
    assert "apt-get -q update" in said and said[-1] == done
    assert ("sudo apt-get -q update" in said) == bool(prefix)


def test_a_command_makes_its_package_needless(tmp_path):
    without = "for p; do case $p in nodejs|npm) ;; *) " \
        'printf "%s/installed " $p;; esac; done\n'
    env = programs(tmp_path / "bin", dpkg_query=without, id="echo 1000")
    assert "missing: nodejs npm\n" in install(env, "test").stderr
    programs(tmp_path / "more", node="", npm="")
    env["PATH"] += os.pathsep + str(tmp_path / "more")
    assert install(env, "test").returncode == 0


def test_every_package_is_named_with_its_group():
    for line in (ROOT / "etc/packages.debian").read_text().splitlines():
        if line and not line.startswith("#"):
            assert line.split("\t")[0] in ("run", "build", "test", "lint",
                                            "deb", "bench")


def test_the_debian_package_builds_with_every_library():
    """What debhelper itself wants is essential for building, by policy."""
    lines = (ROOT / "etc/packages.debian").read_text().splitlines()
    ours = {line.split("\t")[1] for line in lines
            if line.startswith("build\t") and "-dev" in line}
    control = (ROOT / "debian/control").read_text()
    theirs = control.split("Build-Depends:")[1].split("Standards-Version")[0]
    assert ours - {"libc6-dev"} <= {word.strip() for word in
                                    theirs.split(",")}


@pytest.mark.parametrize("path, line, error", [
    ("server/room/a.c", '#include "web/page.h"',
     "web/page.h stands below this layer"),
    ("server/room/a.c", '#include "pages.h"',
     "pages.h stands below this layer"),
    ("server/store/a.h", '#include "room/a.h"',
     "room/a.h stands below this layer"),
    ("server/base/a.c", '#include "statements.h"',
     "statements.h stands below this layer"),
    ("server/base/a.c", '#include "gen/tool.h"',
     "only build tools include gen/"),
    ("client/ctl/a.c", '#include "store/db.h"',
     "store/db.h stands below this layer"),
    ("server/room/a.c", "#include <sqlite3.h>",
     "<sqlite3.h> belongs to ^server/store/"),
    ("server/web/a.c", "#include <libical/ical.h>",
     "<libical/ical.h> belongs to ^server/base/ical\\.c$"),
    ("server/web/a.c", '#include "room/a.h"', None),
    ("server/web/a.c", '#include "web/page.h"', None),
    ("server/a.c", '#include "web/page.h"', None),
    ("server/store/a.c", "#include <sqlite3.h>", None),
    ("server/gen/a.c", "#include <sodium.h>", None),
    ("tests/unit/a.c", '#include "web/page.h"', None),
])
def test_layers(tmp_path, path, line, error):
    file = tmp_path / path
    file.parent.mkdir(parents=True)
    file.write_text("/* what it is */\n" + line + "\n")
    answer = subprocess.run(["awk", "-f", ROOT / "tests/layers.awk", path],
                            cwd=tmp_path, capture_output=True, text=True)
    assert answer.stderr == ""
    assert answer.stdout == (f"{path}:2: {error}\n" if error else "")
    assert answer.returncode == (1 if error else 0)
