"""What advisors are told by mail: at once when somebody books, moves or
cancels, and each morning; chosen on a page, by API and hokenctl; ended by a
mail program at one press."""
import datetime
import email
import email.policy
import re
import sqlite3
import time
import urllib.parse
import urllib.request

import pytest
from conftest import WEEKDAY
from post import rows, until
from reader import Reader
from staff import OWN, choose, enter, office

STRICT = email.policy.SMTP.clone(raise_on_defect=True)
NURSE = "nurse@example.jp"
TELLING = ("健康", "保健", "相談", "infirmary", "health", "counsel", "ゆき", "yuki",
           "こわい")


def tell(daemon, letters=("notices",), advisor="health", **more):
    answer = daemon.operator.post(f"/tidings/{advisor}", {
        "email": NURSE, "letters": list(letters), **more})
    assert answer.status == 200, answer
    return answer.json


def mails(daemon, count, to=NURSE):
    """The letters to her, in the order of their writing; not one more."""
    end = time.monotonic() + 20
    while True:
        files = sorted((daemon.var / "mail").glob("new/*"),
                       key=lambda f: f.stat().st_mtime_ns)
        found = [m for m in (email.message_from_bytes(
            f.read_bytes(), policy=STRICT) for f in files) if m["To"] == to]
        if len(found) >= count or time.monotonic() > end:
            break
        time.sleep(0.02)
    assert len(found) == count, [m["Subject"] for m in found]
    return found


def subjects(daemon, count, **more):
    return [m["Subject"] for m in mails(daemon, count, **more)]


def text(message):
    return message.get_body(("plain",)).get_content()


def quiet(message, daemon):
    """Nothing of whom or what about: words, addresses, whole numbers."""
    said = str(message["Subject"]) + str(message["From"]) + "".join(
        part.get_content() for part in message.walk()
        if part.get_content_maintype() == "text")
    said = said.replace(daemon.url, "")
    for word in TELLING:
        assert word not in said.lower(), word
    assert not re.search(r"\d{4}-?\d{4}(?!-)", said.replace("2026-07-", ""))
    assert {p.get_content_type() for p in message.walk()} == {
        "multipart/alternative", "text/plain", "text/html"}
    assert message["In-Reply-To"] is None


def advisor_reader(daemon, code="health"):
    """A browser of that advisor, signed in."""
    made = daemon.operator.post("/accounts", {
        "name": "mona-" + code, "role": "advisor", "advisor": code}).json
    reader = Reader(daemon.url)
    choose(reader, enter(reader, made["name"], made["one_time_password"]), OWN)
    return reader


def test_booked_moved_cancelled(start):
    """She who books gave no address; her advisor hears of it all the same."""
    daemon = start()
    one, other = daemon.api.slots(theme="health")[:2]
    daemon.operator.post("/tidings/health", {"letters": []})
    tell(daemon)
    booked = daemon.api.book(one, name="ゆき", note="こわい")
    told, = mails(daemon, 1)
    quiet(told, daemon)
    assert told["Subject"] == "新しい予約"
    assert "下4けた " + booked["code"][5:] in text(told)
    day = one["starts_at"][:10]
    link = f"{daemon.url}/staff/day?date={day}"
    assert link in text(told)
    assert "to=" in Reader(daemon.url).get(link).url
    daemon.operator.post(f"/bookings/{booked['code']}/move",
                         {"slot": other["id"]})
    told = mails(daemon, 2)[1]
    quiet(told, daemon)
    assert told["Subject"] == "予約の時間の変更"
    assert other["starts_at"][11:16].lstrip("0") in text(told)
    daemon.operator.post(f"/bookings/{booked['code']}/cancel", {})
    told = mails(daemon, 3)[2]
    quiet(told, daemon)
    assert told["Subject"] == "予約の取りやめ"
    assert other["starts_at"][11:16].lstrip("0") in text(told)


def test_to_another_advisor(start):
    daemon = start()
    one = daemon.api.slots(theme="health")[0]
    other = daemon.api.slots(theme="money")[0]
    tell(daemon)
    tell(daemon, advisor="money", email="money@example.jp", language="en")
    code = daemon.api.book(one)["code"]
    mails(daemon, 1)
    daemon.operator.post(f"/bookings/{code}/move", {"slot": other["id"]})
    gone = mails(daemon, 2)[1]
    quiet(gone, daemon)
    assert gone["Subject"] == "予約の取りやめ"
    assert one["starts_at"][11:16].lstrip("0") + "から" in text(gone)
    come, = mails(daemon, 1, to="money@example.jp")
    quiet(come, daemon)
    assert come["Subject"] == "A new booking"


def test_nothing_untrue_and_nothing_unwished(start):
    """While letters wait: booked and cancelled is one letter, a withdrawn
    choice none.  Who walks in is there already."""
    daemon = start()
    slots = daemon.api.slots(theme="health")
    tell(daemon)
    tell(daemon, advisor="money", email="money@example.jp")
    daemon.operator.post("/courier/pause", {})
    code = daemon.api.book(slots[0])["code"]
    daemon.operator.post(f"/bookings/{code}/cancel", {})
    daemon.api.book(daemon.api.slots(theme="money")[0])
    daemon.operator.post("/tidings/money", {"letters": []})
    daemon.operator.post("/courier/resume", {})
    assert subjects(daemon, 1) == ["予約の取りやめ"]
    daemon.api.book(slots[1])
    assert subjects(daemon, 2)[1] == "新しい予約"
    mails(daemon, 0, to="money@example.jp")


def test_closed_hours_are_one_letter(start):
    daemon = start()
    day = "2026-07-08"
    tell(daemon)
    slots = daemon.api.slots(theme="health", from_=day, to=day)[:3]
    codes = [daemon.api.book(slot)["code"] for slot in slots]
    mails(daemon, 3)
    hours = {"scope": "room", "from": day, "until": day}
    digest = daemon.operator.post("/closures?preview=1", hours).json["digest"]
    answer = daemon.operator.post("/closures", {**hours, "digest": digest})
    assert answer.status == 201, answer
    told = mails(daemon, 4)[3]
    quiet(told, daemon)
    assert told["Subject"] == "予約の取りやめ（まとめて）"
    for code in codes:
        assert "予約 " + code[5:] in text(told)


def test_the_morning(start):
    """Written at midnight, true when it leaves, once over restarts."""
    daemon = start(rehearse="2026-06-30T12:00:00+09:00")
    slots = daemon.api.slots(theme="health", from_="2026-07-01",
                             to="2026-07-01")
    code = daemon.api.book(slots[0], name="ゆき")["code"]
    tell(daemon, ["digest"])
    daemon.restart("2026-07-01T00:00:30+09:00")
    row, = rows(daemon, "digest")
    assert row["state"] == "due"
    assert row["not_after"] == datetime.datetime.fromisoformat(
        slots[-1]["starts_at"]).timestamp()
    late = daemon.api.book(slots[1])["code"]
    daemon.restart("2026-07-01T06:59:58+09:00")
    told, = mails(daemon, 1)
    quiet(told, daemon)
    assert told["Subject"] == "きょうの予定"
    assert told["Date"].startswith("Wed, 01 Jul 2026 07:00")
    said = text(told)
    assert "予約 " + code[5:] in said and "予約 " + late[5:] in said
    assert said.count("空き") == len(slots) - 2
    daemon.restart("2026-07-01T08:00:00+09:00")
    time.sleep(0.5)
    mails(daemon, 1)
    assert len(rows(daemon, "digest")) == 1


def test_midnight_while_it_runs(start, tmp_path):
    room = tmp_path / "night.conf"
    room.write_text(WEEKDAY.read_text() + """
opening "night" {
	advisor = "health"
	theme = "health"
	place = "online"
	first = "2026-04-01"
	time = "00:00-01:00"
	repeat = "FREQ=WEEKLY;BYDAY=WE"
	slot_minutes = 60
}
""")
    daemon = start(room=room, rehearse="2026-06-30T23:59:57+09:00")
    tell(daemon, ["digest"])
    assert rows(daemon, "digest") == []
    until(lambda: rows(daemon, "digest"))
    row, = rows(daemon, "digest")
    assert row["due_at"] == datetime.datetime.fromisoformat(
        "2026-07-01T07:00:00+09:00").timestamp()


def test_chosen_during_the_day(start):
    daemon = start(rehearse="2026-07-01T10:00:00+09:00")
    tell(daemon, ["digest"], language="en")
    told, = mails(daemon, 1)
    quiet(told, daemon)
    assert told["Subject"] == "Your day" and "free" in text(told)
    tell(daemon, [])
    tell(daemon, ["digest"])
    assert len(rows(daemon, "digest")) == 1


def test_her_mail_program_stops_them(start):
    """One press, as providers make it: no cookie, no origin, no guard."""
    daemon = start()
    tell(daemon, ["notices", "digest"])
    daemon.api.book(daemon.api.slots(theme="health")[0])
    told = next(m for m in mails(daemon, len(rows(daemon, "digest")) + 1)
                if m["Subject"] == "新しい予約")
    address = told["List-Unsubscribe"].strip().strip("<>")
    assert told["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    page = Reader(daemon.url).get(address)
    assert page.status == 200 and page.button("止める")
    assert listed(daemon)["health"] == ["notices", "digest"]
    body = urllib.parse.urlencode({"List-Unsubscribe": "One-Click"}).encode()
    with urllib.request.urlopen(address, body) as answer:
        assert answer.status == 200
    assert listed(daemon)["health"] == ["digest"]
    assert "止まっています" in Reader(daemon.url).get(address).text
    # A new address is no longer hers to stop.
    tell(daemon, ["notices"], email="other@example.jp")
    with urllib.request.urlopen(address, body):
        pass
    assert listed(daemon)["health"] == ["notices"]


def listed(daemon):
    answer = daemon.operator.get("/tidings")
    assert "example.jp" not in str(answer.json)
    return {t["advisor"]: t["letters"] for t in answer.json["tidings"]}


def test_her_page(start):
    daemon = start()
    reader = advisor_reader(daemon)
    page = reader.follow(reader.get("/staff"), "お知らせ")
    assert page.path == "/staff/tidings"
    assert page.body.count('name="advisor"') == 1
    guard = page.value("guard")

    def choose_on_page(advisor="health", **fields):
        return reader.post("/staff/tidings", {
            "guard": guard, "advisor": advisor, "lang": "ja", **fields})

    page = choose_on_page(notices="1")
    assert page.status == 422 and "入力してください" in page.text
    page = choose_on_page(notices="1", mail="nurse@")
    assert page.status == 422 and 'value="nurse@"' in page.body
    page = choose_on_page(notices="1", mail="ｎｕｒｓｅ@example.jp")
    assert "保存しました" in page.text and f'value="{NURSE}"' in page.body
    assert listed(daemon)["health"] == ["notices"]
    daemon.api.book(daemon.api.slots(theme="health")[0])
    mails(daemon, 1)
    for kept in (*daemon.var.glob("hokend.db*"), daemon.log):
        assert NURSE.encode() not in kept.read_bytes(), kept
    # Not another's, and neither choice forgets the address.
    assert choose_on_page("money", notices="1", mail=NURSE).status == 404
    page = choose_on_page(mail=NURSE)
    assert "保存しました" in page.text and NURSE not in page.body
    assert listed(daemon)["health"] == []
    with sqlite3.connect(f"file:{daemon.var}/hokend.db?mode=ro",
                         uri=True) as db:
        assert db.execute("SELECT count(*) FROM tidings").fetchone() == (0,)
        actions = [a for (a,) in db.execute("SELECT action FROM audit")]
    assert sum(a.startswith("tidings ") for a in actions) == 2


def test_a_manager_sets_it_for_her(start):
    """She sees that there is an address, not which."""
    daemon = start()
    tell(daemon)
    reader = office(daemon)
    page = reader.get("/staff/tidings")
    assert NURSE not in page.body and "登録があります" in page.text
    assert "すぐに" in page.text
    page = reader.post("/staff/tidings", {
        "guard": page.value("guard"), "advisor": "health", "lang": "ja",
        "mail": "", "notices": "1", "digest": "1"})
    assert "保存しました" in page.text and NURSE not in page.body
    assert listed(daemon)["health"] == ["notices", "digest"]


def test_by_hokenctl(start):
    daemon = start()
    assert "none" in daemon.ctl("tidings", "list").stdout
    done = daemon.ctl("tidings", "set", "health", "--email", NURSE)
    assert "notices,digest" in done.stdout
    assert "digest" in daemon.ctl("tidings", "set", "health", "--letters",
                                  "digest", "--language", "en").stdout
    assert listed(daemon)["health"] == ["digest"]
    table = daemon.ctl("tidings", "list").stdout
    assert re.search(r"health +digest +en", table)
    for wrong in (("health", "--letters", "news"),
                  ("nobody", "--letters", "none")):
        assert daemon.ctl("tidings", "set", *wrong).returncode == 1
    daemon.ctl("tidings", "set", "health", "--letters", "none")
    assert listed(daemon)["health"] == []


@pytest.mark.parametrize("body", [
    {"letters": ["notices"]}, {"letters": ["notices"], "email": "x"},
    {"letters": ["news"], "email": NURSE},
    {"letters": ["digest"], "email": NURSE, "language": "fr"}])
def test_what_is_refused(start, body):
    daemon = start()
    assert daemon.operator.post("/tidings/health", body).status == 422
