"""Forgetting: by her wish, by the room's, by itself, and after a restore."""
import re
import sqlite3
import time

from conftest import MONDAY
from reader import Reader
from test_backup import back_up, new_var, recovery_key, restore
from test_waitlist import cancel, code_of, fill, letters, link, wait_for, words_of

AFTER = "2026-07-04T09:00:00+09:00"
TOLD = {"name": "雪", "email": "yuki@example.jp", "note": "はじめてです"}


def rows(var, sql, *args):
    database = sqlite3.connect(f"file:{var}/hokend.db?mode=ro", uri=True)
    try:
        return database.execute(sql, args).fetchall()
    finally:
        database.close()


def sealed(var, code):
    """What is kept of her: not readable, but hers."""
    boxes = rows(var, "SELECT contact, note, mail_index FROM booking "
                 "WHERE code = ?", code.replace("-", ""))[0]
    assert all(box and len(box) >= 16 for box in boxes)
    return boxes


def files(daemon):
    return {path.name: path.read_bytes() for path in daemon.var.iterdir()
            if path.name.startswith("hokend.db") and path.is_file()}


def gone(daemon, boxes):
    """The log is emptied once no reader is in the way."""
    end = time.monotonic() + 15
    while True:
        found = [name for name, content in files(daemon).items()
                 for box in boxes if box in content]
        if not found:
            return
        assert time.monotonic() < end, found
        time.sleep(0.05)


def forget(daemon, code):
    answer = daemon.operator.post(f"/bookings/{code}/forget", {})
    assert answer.status == 200, answer
    return answer.json


def booked(daemon, nth=0, **told):
    slot = daemon.api.slots(from_="2026-07-01", to="2026-07-02")[nth]
    told = told or {**TOLD, "email": f"yuki{nth}@example.jp"}
    return daemon.api.book(slot, **told)


def cancelled(daemon, booking):
    answer = daemon.api.post(f"/bookings/{booking['code']}/cancel",
                             {"passphrase": booking["passphrase"]})
    assert answer.status == 200, answer


def test_by_the_room(daemon):
    key = {"Idempotency_Key": "her-own-key"}
    slot = daemon.api.slots(from_="2026-07-01")[0]
    made = daemon.api.post("/bookings", {"slot": slot["id"], **TOLD}, **key)
    code, words = made.json["code"], made.json["passphrase"]
    boxes = sealed(daemon.var, code)
    assert any(boxes[2] in content for content in files(daemon).values())

    later = forget(daemon, code)
    assert later["forget_after"] and "forgotten_at" not in later
    daemon.restart(rehearse="2026-07-02T09:00:00+09:00")
    shown = daemon.operator.get(f"/bookings/{code}?note=1").json
    assert shown["forgotten_at"] and "forget_after" not in shown
    assert (shown["name"], shown["email"], shown["note"]) == ("", "", "")
    gone(daemon, boxes)
    assert forget(daemon, code)["forgotten_at"] == shown["forgotten_at"]

    # As for a number that never was, whatever she tries.
    for path, body in (("cancel", {}), ("move", {"slot": slot["id"]})):
        hers, nobodys = (
            daemon.api.post(f"/bookings/{number}/{path}",
                            {"passphrase": words, **body})
            for number in (code, "0000-0000"))
        assert (hers.status, hers.body) == (nobodys.status, nobodys.body)
        assert hers.status == 403
    again = daemon.api.post("/bookings", {"slot": slot["id"], **TOLD}, **key)
    assert again.status == 410, again
    # The figures know of the visit all the same.
    day = daemon.operator.get("/bookings", {"date": slot["starts_at"][:10]})
    assert code in [b["code"] for b in day.json["bookings"]]
    told = daemon.ctl("forget", code)
    assert told.returncode == 0 and "forgotten_at" in told.stdout
    assert daemon.ctl("forget", "00000000").returncode == 1
    audit = rows(daemon.var, "SELECT count(*) FROM audit "
                 "WHERE action = 'forget'")
    assert audit == [(1,)], "the wish; the second click changes nothing"


def test_at_once(daemon):
    """A cancelled one, while others go on; its letters never leave, and
    her request that comes late books nothing."""
    key = {"Idempotency_Key": "her-own-key"}
    request = {"slot": daemon.api.slots(from_="2026-07-01")[0]["id"], **TOLD}
    made = daemon.api.post("/bookings", request, **key).json
    kept = booked(daemon, 1)
    boxes = sealed(daemon.var, made["code"])
    cancelled(daemon, made)
    assert forget(daemon, made["code"])["forgotten_at"]
    again = daemon.api.post("/bookings", request, **key)
    assert again.status == 422 and again.json["code"] == "key_used", again
    gone(daemon, boxes)
    assert sealed(daemon.var, kept["code"])
    assert daemon.operator.get(f"/bookings/{kept['code']}").json[
        "name"] == "雪"
    states = rows(daemon.var, """SELECT DISTINCT o.state FROM outbox o
        JOIN booking b ON b.id = o.booking WHERE b.code = ?""",
                  made["code"].replace("-", ""))
    assert {state for state, in states} <= {"sent", "stale"}


def test_by_itself(daemon):
    """Ninety days after her visit, held or not."""
    came, away = booked(daemon), booked(daemon, 1)
    cancelled(daemon, away)
    ends = [b["ends_at"][:19] for b in (came, away)]
    boxes = sealed(daemon.var, came["code"])
    daemon.restart(rehearse="2026-09-28T09:00:00+09:00")
    assert sealed(daemon.var, came["code"])
    daemon.restart(rehearse="2026-10-01T09:00:00+09:00")
    assert max(ends) < "2026-07-03"
    gone(daemon, boxes)
    for booking in (came, away):
        assert daemon.operator.get(f"/bookings/{booking['code']}").json[
            "forgotten_at"]
    assert not (daemon.var / "backups/forgotten").exists()


def test_as_long_as_the_room_says(daemon):
    came = booked(daemon)
    room = daemon.ctl("room", "dump").stdout
    assert "forget_days = 90" in room
    room = re.sub("forget_days = 90", "forget_days = 7", room)
    assert daemon.ctl("room", "load", "-", text=room).returncode == 0
    assert "forget_days = 7" in daemon.ctl("room", "dump").stdout
    daemon.restart(rehearse="2026-07-11T09:00:00+09:00")
    assert daemon.operator.get(f"/bookings/{came['code']}").json[
        "forgotten_at"]


def restored(daemon, start, tmp_path, file, carried):
    """On a machine that has the keys and, if carried, the ledger beside the
    copy."""
    key = recovery_key(daemon)
    daemon.stop()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    copy = elsewhere / file.name
    copy.write_bytes(file.read_bytes())
    if carried:
        (elsewhere / "forgotten").write_bytes(
            (daemon.var / "backups/forgotten").read_bytes())
    var = new_var(tmp_path / "new", daemon)
    done = restore(var, copy, key)
    assert done.returncode == 0, done
    assert ("No ledger" in done.stdout) == (not carried), done
    return var, start(var=var, rehearse="2026-06-29T12:00:00+09:00")


def test_a_restored_copy_forgets_again(start, tmp_path):
    daemon = start(rehearse=MONDAY)
    made, other = booked(daemon), booked(daemon, 1)
    file = back_up(daemon, tmp_path / "before.backup")
    boxes = sealed(daemon.var, made["code"])
    cancelled(daemon, made)
    forget(daemon, made["code"])
    var, again = restored(daemon, start, tmp_path, file, carried=True)
    shown = again.operator.get(f"/bookings/{made['code']}").json
    assert shown["forgotten_at"] and shown["name"] == ""
    # The copy did not know yet that she had cancelled: her time is free.
    assert shown["state"] == "cancelled"
    assert made["starts_at"] in [s["starts_at"] for s in again.api.slots()]
    gone(again, boxes)
    assert again.operator.get(f"/bookings/{other['code']}").json[
        "name"] == "雪"
    assert "forget.again bookings=1" in again.log.read_text()
    again.restart(rehearse="2026-06-29T13:00:00+09:00")
    assert again.log.read_text().count("forget.again") == 1


def test_without_the_ledger_it_is_said(start, tmp_path):
    """What operation.md warns of: a copy alone knows her again."""
    daemon = start(rehearse=MONDAY)
    made = booked(daemon)
    file = back_up(daemon, tmp_path / "before.backup")
    cancelled(daemon, made)
    forget(daemon, made["code"])
    _, again = restored(daemon, start, tmp_path, file, carried=False)
    assert again.operator.get(f"/bookings/{made['code']}").json[
        "name"] == "雪"


def test_killed_before_the_commit(daemon):
    """The ledger has her, the database does not yet."""
    made = booked(daemon)
    cancelled(daemon, made)
    boxes = sealed(daemon.var, made["code"])
    [(number,)] = rows(daemon.var, "SELECT id FROM booking WHERE code = ?",
                       made["code"].replace("-", ""))
    daemon.process.kill()
    daemon.process.wait()
    ledger = daemon.var / "backups/forgotten"
    ledger.parent.mkdir(exist_ok=True)
    now = int(time.time())
    ledger.write_text(f"{number:016x} {now:016x}\n{number:016x} 000000")
    daemon.begin(AFTER)
    gone(daemon, boxes)
    assert daemon.operator.get(f"/bookings/{made['code']}").json[
        "forgotten_at"]


def test_killed_before_the_log_is_emptied(daemon):
    """The commit is on the disk; what it erased stands in the log."""
    made = booked(daemon)
    cancelled(daemon, made)
    boxes = sealed(daemon.var, made["code"])
    reader = sqlite3.connect(f"file:{daemon.var}/hokend.db?mode=ro", uri=True)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM booking").fetchone()
    forget(daemon, made["code"])
    daemon.process.kill()
    daemon.process.wait()
    reader.close()
    assert any(box in content for content in files(daemon).values()
               for box in boxes)
    daemon.begin(AFTER)
    gone(daemon, boxes)


def test_a_restored_copy_asks_nobody_who_waits_no_longer(start, tmp_path):
    """Who withdrew since the copy was made stays withdrawn, and so does who
    was forgotten; who waits still is asked."""
    daemon = start()
    times = fill(daemon)
    wishes = [wait_for(daemon, "still@example.jp")]
    time.sleep(1.1)  # the first is asked first, by the second
    wishes += [wait_for(daemon, f"{who}@example.jp")
               for who in ("gone", "hers")]
    copy = back_up(daemon, tmp_path / "room.backup")
    reader, page = wishes[1]
    reader.press(page, "待つのをやめる")
    # Hers came true, was cancelled and forgotten.
    cancel(daemon, times[0])
    letters(daemon, "still@example.jp")
    guest = Reader(daemon.url)
    guest.press(guest.get(link(letters(daemon, "still@example.jp")[0])),
                "今回は見送る")
    guest = Reader(daemon.url)
    guest.press(guest.get(link(letters(daemon, "hers@example.jp")[0])),
                "この時間で予約する")
    code = code_of(wishes[2][1])
    cancelled(daemon, {"code": code,
                       "passphrase": " ".join(words_of(wishes[2][1]))})
    forget(daemon, code)
    key = recovery_key(daemon)
    daemon.stop()

    var = new_var(tmp_path / "new", daemon)
    (var / "backups").mkdir(mode=0o700)
    ledger = (daemon.var / "backups/forgotten").read_bytes()
    (copy.with_name("forgotten")).write_bytes(ledger)
    done = restore(var, copy, key)
    assert done.returncode == 0, done
    assert "1 in the ledger of who was forgotten, 1 of who waits no longer" \
        in done.stdout
    restored = start(var=var, rehearse="2026-06-29T10:00:00+09:00")
    states = dict(rows(var, "SELECT code, state FROM waitlist"))
    assert [states[code_of(page).replace("-", "")] for _, page in wishes] == \
        ["waiting", "withdrawn", "withdrawn"]
    assert rows(var, "SELECT count(contact) FROM waitlist") == [(1,)]
    cancel(restored, times[1])
    letters(restored, "still@example.jp")
    assert rows(var, "SELECT count(*) FROM offer") == [(1,)]
