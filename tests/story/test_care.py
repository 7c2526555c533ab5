"""What the operator watches, and what happens when the database is found
damaged."""
import http.client
import re
import sqlite3
import time

import conftest
from conftest import UnixConnection


def get(connection, path, **headers):
    connection.request("GET", path, headers=headers)
    response = connection.getresponse()
    return response.status, response.read().decode(), response


def public(daemon, path):
    return get(http.client.HTTPConnection("127.0.0.1", daemon.port,
                                          timeout=10), path)


def metrics(daemon):
    status, text, response = get(UnixConnection(daemon.sock, 10), "/metrics")
    assert status == 200
    assert response.getheader("Content-Type").startswith(
        "text/plain; version=0.0.4")
    figures = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            name, value = line.rsplit(" ", 1)
            figures[name] = int(value)
        else:
            assert re.match(r"# (HELP|TYPE) [a-z_]+ \S", line), line
    return figures


def wait_for(what):
    end = time.monotonic() + 15
    while not what():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_metrics_are_the_operators(daemon):
    before = metrics(daemon)
    assert public(daemon, "/metrics")[0] == 404
    daemon.api.book(daemon.api.slots()[0], name="雪",
                    email="yuki@example.jp")
    after = metrics(daemon)
    assert after["hokend_up"] == 1
    assert after['hokend_answers_total{class="4xx"}'] == \
        before['hokend_answers_total{class="4xx"}'] + 1
    assert after["hokend_writes_total"] > before["hokend_writes_total"]
    assert after["hokend_commits_undone_total"] == 0
    assert after["hokend_database_bytes"] > 0
    assert after["process_resident_memory_bytes"] > 1 << 20
    assert after["process_open_fds"] > 5
    wait_for(lambda: metrics(daemon)["hokend_examined_timestamp_seconds"])
    # The letter of the booking leaves, the reminder waits for its evening.
    wait_for(lambda: metrics(daemon)["hokend_letters_overdue"] == 0)


def test_metrics_are_explained(daemon):
    told = {name.split("{")[0] for name in metrics(daemon)}
    book = (conftest.HOUSE / "doc/operation.md").read_text()
    explained = re.findall(r"^\| `(hokend_\w+)`", book, re.M)
    assert sorted(name for name in told if name.startswith("hokend_")) == \
        sorted(explained)


def test_metrics_hold_nothing_personal(daemon):
    booked = daemon.api.book(daemon.api.slots()[0], name="雪",
                             email="yuki@example.jp")
    text = get(UnixConnection(daemon.sock, 10), "/metrics")[1]
    for canary in ("雪", "yuki", booked["code"],
                   booked["code"].replace("-", "")):
        assert canary not in text


def break_a_table(var):
    """Turns a page of a table into noise, as a bad disk would."""
    path = var / "hokend.db"
    database = sqlite3.connect(path)
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    size = database.execute("PRAGMA page_size").fetchone()[0]
    page = database.execute("SELECT rootpage FROM sqlite_schema"
                            " WHERE name = 'session'").fetchone()[0]
    database.close()
    with open(path, "r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\x99" * 64)


def test_a_damaged_database_is_served_no_further(start):
    daemon = start()
    daemon.stop()
    break_a_table(daemon.var)
    # The start itself may trip over the page; what counts is that nobody is
    # served from it.
    try:
        daemon.begin("2026-06-29T10:00:00+09:00")
    except AssertionError:
        assert daemon.process.wait(timeout=10) == 1
        daemon.process = None
        assert "malformed" in daemon.log.read_text()
        return
    raise AssertionError("it was not damaged")


def test_damage_found_while_it_is_open(start, monkeypatch):
    daemon = start()
    monkeypatch.setattr(conftest, "READY_S", 2)
    database = sqlite3.connect(daemon.var / "hokend.db")
    size = database.execute("PRAGMA page_size").fetchone()[0]
    page = database.execute("SELECT rootpage FROM sqlite_schema"
                            " WHERE name = 'throttle'").fetchone()[0]
    database.close()
    daemon.stop()
    with open(daemon.var / "hokend.db", "r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\x99" * 64)
    try:
        daemon.begin("2026-06-29T10:00:00+09:00")
    except AssertionError:
        pass  # /healthz says 503 already
    wait_for(lambda: "care.damaged" in daemon.log.read_text())
    log = daemon.log.read_text()
    assert "--restore" in log and "backups" in log
    status, text, _ = public(daemon, "/healthz")
    assert (status, text) == (503, "the database is damaged\n")
    for path in ("/", "/slots", "/api/v1/slots", "/manage", "/no-such-page"):
        status, text, response = public(daemon, path)
        assert status == 503, path
        assert response.getheader("Retry-After")
    assert daemon.operator.get("/bookings").status == 503
    assert daemon.api.post("/bookings", {"slot": "1-1"}).status == 503
    assert metrics(daemon)["hokend_up"] == 0


def test_a_part_of_the_rounds_that_fails_stops_no_other(start):
    """A session begins and cannot be recorded; one of two visits that were
    to be forgotten cannot be: the other is."""
    daemon = start(rehearse="2026-07-01T12:59:57+09:00")
    slots = daemon.api.slots(from_="2026-07-02", to="2026-07-02")
    stuck, hers = (daemon.api.book(slot, name="雪")["code"].replace("-", "")
                   for slot in slots[:2])
    database = sqlite3.connect(daemon.var / "hokend.db", timeout=10,
                               isolation_level=None)
    database.execute("CREATE TRIGGER a BEFORE UPDATE ON session BEGIN"
                     " SELECT RAISE(ABORT, 'no'); END")
    database.execute("UPDATE booking SET forget_after = 1, ends_at ="
                     " unixepoch('2026-07-01T03:59:59')")
    database.execute("CREATE TRIGGER b BEFORE UPDATE ON booking"
                     f" WHEN OLD.code = '{stuck}' BEGIN"
                     " SELECT RAISE(ABORT, 'no'); END")
    wait_for(lambda: "part=record" in daemon.log.read_text())
    log = daemon.log.read_text()
    assert len(re.findall("forget.visit booking=", log)) == 1
    assert "part=forget" not in log
    assert database.execute("SELECT code FROM booking WHERE contact IS NULL"
                            ).fetchall() == [(hers,)]
    assert metrics(daemon)["hokend_rounds_undone_total"] >= 1
