"""A house that sends by SMTP in real time, to a server that can go wrong,
under a clock that can be set.  Its fixtures come by pytest_plugins."""
import os
import sqlite3
import subprocess
import time

import pytest
from conftest import HOUSE
from evil_smtp import PASSWORD, USER, Authority, Evil

PATIENCE_S = 2
MINUTE, DAY = 60, 86400
ROOM = """
room {
	name_ja = "部屋" phone = "0166-00-0000" window_days = 30
	notice_minutes = 30 hold_minutes = 10 on_holidays = yes
	closed_from = "12-31" closed_until = "12-31"
}
theme "health" { title_ja = "健康" short_ja = "健康" }
place "hall" { channel = in_person booths = 1 name_ja = "庁舎" }
advisor "nurse" {
	face = health themes = {"health"} profession_ja = "保健師"
}
opening "day" {
	advisor = "nurse" theme = "health" place = "hall"
	first = "2026-06-01" time = "00:00-23:00" repeat = "FREQ=DAILY"
	slot_minutes = 30
}
"""


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("certificates") / "ours")


@pytest.fixture(scope="module")
def clock_so(tmp_path_factory):
    made = tmp_path_factory.mktemp("clock") / "clock.so"
    subprocess.run(["gcc", "-shared", "-fPIC", "-O1", "-o", made,
                    HOUSE / "tests/story/clock.c"], check=True)
    return made


@pytest.fixture
def clock(clock_so, tmp_path, monkeypatch):
    """clock(seconds): what the daemon's clock is ahead of ours."""
    offset = tmp_path / "offset"
    offset.write_text("0")
    monkeypatch.setenv("LD_PRELOAD", str(clock_so))
    monkeypatch.setenv("CLOCK_OFFSET", str(offset))
    asan = os.environ.get("ASAN_OPTIONS", "")
    monkeypatch.setenv("ASAN_OPTIONS",
                       asan + ":verify_asan_link_order=0")

    def jump(seconds):
        (tmp_path / "next").write_text(str(seconds))
        (tmp_path / "next").rename(offset)

    return jump


def until(true, within_s=15):
    end = time.monotonic() + within_s
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


def rows(daemon, kind):
    """Of the outbox."""
    url = f"file:{daemon.var}/hokend.db?mode=ro"
    with sqlite3.connect(url, uri=True, timeout=10) as db:
        db.row_factory = sqlite3.Row
        return db.execute("SELECT * FROM outbox WHERE kind = ?",
                          (kind,)).fetchall()


class Post:
    """A daemon that sends to a port, and a look into its outbox."""

    def __init__(self, start, tmp_path, authority, port, scheme="smtp",
                 **more):
        numbers = {"smtp_patience_s": more.pop("patience_s", PATIENCE_S),
                   "smtp_connections": more.pop("smtp_connections", 4)}
        secret = tmp_path / "password"
        secret.write_text(more.pop("password", PASSWORD) + "\n")
        secret.chmod(0o600)
        lines = {"smtp": f"{scheme}://127.0.0.1:{port}", "smtp_user": USER,
                 "smtp_password_file": secret,
                 "smtp_authorities": authority.pem,
                 "mail_from": "yoyaku@example.jp", **more}
        room = tmp_path / "room.conf"
        room.write_text(ROOM)
        self.daemon = start(
            rehearse=None, room=room,
            conf="".join(f'{k} = "{v}"\n' for k, v in lines.items()) +
            "".join(f"{k} = {v}\n" for k, v in numbers.items()))
        self.free = self.daemon.operator.slots()

    def book(self, mail="yuki@example.jp", slot=None):
        """One more booking, in two weeks unless told; its letter's row id."""
        before = {row["id"] for row in self.rows()}
        slot = slot or self.free.pop(len(self.free) // 2)
        self.daemon.operator.book(slot, email=mail)
        made = [row["id"] for row in self.rows()
                if row["id"] not in before and row["kind"] == "confirmation"]
        return made[0] if made else None

    def wake(self):
        """News make the courier look at the clock, as the timer would within
        a minute."""
        self.book(mail="")

    def rows(self):
        url = f"file:{self.daemon.var}/hokend.db?mode=ro"
        with sqlite3.connect(url, uri=True, timeout=10) as db:
            db.row_factory = sqlite3.Row
            return db.execute("SELECT * FROM outbox").fetchall()

    def code(self, row):
        """Of the booking that a letter is about."""
        url = f"file:{self.daemon.var}/hokend.db?mode=ro"
        with sqlite3.connect(url, uri=True, timeout=10) as db:
            return db.execute("SELECT code FROM booking WHERE id = ?",
                              (row["booking"],)).fetchone()[0]

    def row(self, wanted):
        return [row for row in self.rows() if row["id"] == wanted][0]

    def refused(self, wanted):
        """The row once the server was away, or did not let us in."""
        until(lambda: self.row(wanted)["error"] != "" and
              self.row(wanted)["state"] != "sending")
        return self.row(wanted)

    def tried(self, wanted, attempts=1):
        """The row after so many tries."""
        def rests():
            row = self.row(wanted)
            return row["attempts"] >= attempts and row["state"] != "sending"

        until(rests)
        row = self.row(wanted)
        assert row["attempts"] == attempts
        return row


@pytest.fixture
def post(start, tmp_path, authority):
    return lambda port, **more: Post(start, tmp_path, authority, port, **more)


@pytest.fixture
def evil(authority):
    server = Evil(authority.context())
    yield server
    server.close()
