"""Backups and the restore drill."""
import os
import pathlib
import re
import sqlite3
import subprocess
import threading
import time

import pytest

from conftest import HOKEND, HOUSE, MONDAY, WEEKDAY

KEY = re.compile(r"(?:[0-9a-f]{4}-){16}[0-9a-f]{4}")


def recovery_key(daemon):
    return KEY.search(daemon.out.read_text()).group()


def restore(var, file, key, *more):
    return subprocess.run(
        [HOKEND, "-f", "/dev/null", "-d", var, "--restore", file, *more],
        input=key, capture_output=True, text=True, cwd=HOUSE, timeout=120)


def new_var(path, daemon):
    """A machine of its own: nothing but the keys that were kept apart."""
    path.mkdir(mode=0o700)
    keys = path / "keys"
    keys.write_bytes((daemon.var / "keys").read_bytes())
    keys.chmod(0o600)
    return path


def back_up(daemon, path):
    done = daemon.ctl("backup", str(path))
    assert (done.returncode, done.stdout) == (0, f"{path}\n"), done
    assert path.stat().st_mode & 0o777 == 0o600
    return path


def test_restore_drill_under_load(start, tmp_path):
    """What was acknowledged before the backup began is in it, whole, while
    others go on booking; the restored room serves it."""
    daemon = start(conf="bookings_per_network = 0\nbookings_per_mail = 0\n")
    slots = daemon.api.slots(from_="2026-07-01", to="2026-08-20")
    before = [daemon.api.book(slot, name="雪 Yuki", email="yuki@example.jp")
              for slot in slots[:20]]
    later, slowest, stop = [], [0.0], threading.Event()

    def load():
        for slot in slots[20:]:
            if stop.is_set():
                return
            began = time.monotonic()
            later.append(daemon.api.book(slot))
            slowest[0] = max(slowest[0], time.monotonic() - began)

    thread = threading.Thread(target=load)
    thread.start()
    files = [back_up(daemon, tmp_path / f"{n}.backup") for n in range(3)]
    stop.set()
    thread.join()
    assert len(later) > 3, "no load while the copies were made"
    assert slowest[0] < 5
    for file in files:
        data = file.read_bytes()
        for canary in (b"SQLite format", "雪 Yuki".encode(), b"yuki@example",
                       before[0]["code"].replace("-", "").encode()):
            assert canary not in data
    key = recovery_key(daemon)
    daemon.stop()

    var = new_var(tmp_path / "new", daemon)
    done = restore(var, files[-1], key)
    assert done.returncode == 0, done
    assert (var / "recovery.pub").read_text() == \
        (daemon.var / "recovery.pub").read_text()
    restored = start(var=var, rehearse="2026-06-29T09:30:00+09:00")
    assert not KEY.search(restored.out.read_text())
    for booking in before:
        shown = restored.operator.get(f"/bookings/{booking['code']}").json
        assert shown["starts_at"] == booking["starts_at"]
        assert shown["name"] == "雪 Yuki"
        moved = restored.api.post(
            f"/bookings/{booking['code']}/cancel",
            {"passphrase": booking["passphrase"]})
        assert moved.status == 200, moved
    known = {b["code"] for b in before + later}
    database = sqlite3.connect(var / "hokend.db")
    count = database.execute("SELECT count(*) FROM booking").fetchone()[0]
    assert len(before) <= count <= len(known)
    assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_refusals(start, tmp_path):
    daemon = start()
    file = back_up(daemon, tmp_path / "room.backup")
    key = recovery_key(daemon)
    again = daemon.ctl("backup", str(file))
    assert again.returncode == 1 and "exists" in again.stderr
    assert daemon.api.post("/backups", {}).status == 403

    refused = restore(daemon.var, file, key)
    assert refused.returncode == 1 and "there is a database" in refused.stderr
    bare = tmp_path / "bare"
    bare.mkdir()
    refused = restore(bare, file, key)
    assert refused.returncode == 1 and "keys back first" in refused.stderr

    var = new_var(tmp_path / "new", daemon)
    other = start()
    cut = tmp_path / "cut.backup"
    cut.write_bytes(file.read_bytes()[:-1])
    swapped = bytearray(file.read_bytes())
    swapped[len(swapped) // 2] ^= 1
    changed = tmp_path / "changed.backup"
    changed.write_bytes(swapped)
    for path, words, why in (
            (file, key[:-1] + "x", "mistyped"),
            (file, "", "mistyped"),
            (file, recovery_key(other), "another recovery key"),
            (cut, key, "cut short"),
            (changed, key, "damaged"),
            (WEEKDAY, key, "no backup"),
            (back_up(other, tmp_path / "other.backup"), recovery_key(other),
             "other keys than those beside it")):
        refused = restore(var, path, words)
        assert refused.returncode == 1 and why in refused.stderr, refused
        assert not [p for p in var.iterdir() if ".db" in p.name
                    and not p.name.endswith(".lock")]

    # Written down by hand, and read from a file.
    paper = tmp_path / "paper"
    paper.write_text(key.upper().replace("-", " ") + "\n")
    assert restore(var, file, None, "--recovery-key", paper).returncode == 0


def test_foreign_keys_are_refused(start, tmp_path):
    daemon, other = start(), start()
    daemon.stop()
    keys = daemon.var / "keys"
    keys.write_bytes((other.var / "keys").read_bytes())
    done = subprocess.run(
        [HOKEND, "-f", "/dev/null", "-d", daemon.var, "--setup",
         "--rehearse", MONDAY],
        capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert "other keys than those beside it" in done.stderr


def test_a_migration_makes_a_backup_first(start, tmp_path):
    daemon = start()
    booked = daemon.api.book(daemon.api.slots()[0])
    key = recovery_key(daemon)
    daemon.stop()
    database = sqlite3.connect(daemon.var / "hokend.db")
    version = database.execute("PRAGMA user_version").fetchone()[0]
    database.execute(f"PRAGMA user_version = {version - 1}")
    database.close()
    # The last migration cannot be made twice: the start fails, but after
    # the copy.
    done = subprocess.run(
        [HOKEND, "-f", "/dev/null", "-d", daemon.var, "--setup",
         "--rehearse", MONDAY],
        capture_output=True, text=True, timeout=60)
    copies = list((daemon.var / "backups").glob("*.backup"))
    assert len(copies) == 1, done
    assert not list((daemon.var / "backups").glob("*.part*"))
    var = new_var(tmp_path / "new", daemon)
    assert restore(var, copies[0], key).returncode == 0
    database = sqlite3.connect(var / "hokend.db")
    assert database.execute("SELECT count(*) FROM booking WHERE code = ?",
                            (booked["code"].replace("-", ""),)
                            ).fetchone() == (1,)


def test_setup_then_serve(tmp_path, start):
    """--setup tells the secrets and ends; the service tells none."""
    var = tmp_path / "var"
    done = subprocess.run(
        [HOKEND, "-f", "/dev/null", "-d", var, "-r", WEEKDAY, "--setup",
         "--rehearse", MONDAY],
        capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done
    assert KEY.search(done.stdout) and "password" in done.stdout
    assert "hokend.open" not in done.stderr
    daemon = start(var=var)
    told = daemon.out.read_text()
    assert not KEY.search(told) and "password" not in told
    assert daemon.api.slots()


def test_old_copies_go(start, tmp_path):
    daemon = start()
    copies = daemon.var / "backups"
    back_up(daemon, tmp_path / "a.backup")
    kept = next(copies.glob("*.backup"))
    old = copies / "hokend-20260101T000000Z-0000.backup"
    almost = copies / "hokend-20260102T000000Z-0000.backup"
    part = copies / "20260103T000000Z-0000.part.copy"
    stranger = copies / "note.txt"
    for path, days in ((old, 36), (almost, 34), (part, 0), (stranger, 99)):
        path.write_bytes(b"x")
        at = time.time() - days * 86400
        os.utime(path, (at, at))
    daemon.restart(rehearse="2026-06-29T10:00:00+09:00")
    end = time.monotonic() + 10
    while (old.exists() or part.exists()) and time.monotonic() < end:
        time.sleep(0.05)
    assert sorted(copies.iterdir()) == sorted([kept, almost, stranger])
