"""A snow day, a sick advisor: hours closed over bookings, from the preview
to the letters and the list of people whom nobody can reach."""
import email
import email.policy
import json
import re
import time

import pytest
from staff import office

SUBJECT = "予定の取りやめのお知らせ"
SNOW = {"scope": "room", "from": "2026-07-06", "until": "2026-07-17"}


def mails(daemon, count):
    """All letters so far, once there are `count`."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        files = list((daemon.var / "mail/new").glob("*"))
        if len(files) >= count:
            break
        time.sleep(0.05)
    assert len(files) == count
    return [email.message_from_bytes(f.read_bytes(),
                                     policy=email.policy.default)
            for f in files]


def fill(daemon, count=20):
    """Bookings in the closed span, every other one with an address."""
    slots = daemon.api.slots(from_=SNOW["from"], to=SNOW["until"])
    made = {}
    for slot in slots:
        mail = f"w{len(made)}@example.jp" if len(made) % 2 else None
        answer = daemon.api.post("/bookings", {
            "slot": slot["id"], "email": mail})
        if answer.status == 201:
            made[answer.json["code"]] = mail
        if len(made) == count:
            return made
    raise AssertionError("too few frames")


def preview(daemon, **more):
    answer = daemon.operator.post("/closures?preview=1", {**SNOW, **more})
    assert answer.status == 200, answer
    return answer.json


def close(daemon, digest, **more):
    return daemon.operator.post("/closures", {**SNOW, "digest": digest},
                                **more)


def test_snow_day(daemon):
    made = fill(daemon)
    outside = daemon.api.book(daemon.api.slots(from_="2026-07-20")[0],
                              email="after@example.jp")
    mails(daemon, 11)
    seen = preview(daemon)
    # Looking changes nothing.
    assert preview(daemon) == seen
    assert daemon.operator.get("/closures").json == {"closures": []}
    assert {b["code"]: b["reachable"] for b in seen["bookings"]} == {
        code: mail is not None for code, mail in made.items()}
    assert (seen["reachable"], seen["unreachable"]) == (10, 10)
    answer = close(daemon, seen["digest"], Idempotency_Key="snow")
    assert answer.status == 201, answer
    assert answer.json["bookings"] == seen["bookings"]
    again = close(daemon, seen["digest"], Idempotency_Key="snow")
    assert again.body == answer.body

    letters = [m for m in mails(daemon, 21) if m["Subject"] == SUBJECT]
    assert sorted(m["To"] for m in letters) == sorted(
        mail for mail in made.values() if mail)
    text = next(p for p in letters[0].walk()
                if p.get_content_type() == "text/plain").get_content()
    assert "こちらの都合で" in text
    assert daemon.url + "/slots" in text
    for word in ("保健室", "相談", "キャリア"):
        assert word not in text
    assert daemon.api.slots(from_=SNOW["from"], to=SNOW["until"]) == []
    kept = daemon.operator.get("/bookings?date=" + outside["starts_at"][:10])
    assert [b["code"] for b in kept.json["bookings"]] == [outside["code"]]
    # What it did can be looked up; who was told is known by the letters.
    looked = daemon.operator.get("/closures/" + answer.json["id"]).json
    assert looked["bookings"] == seen["bookings"]
    # Open again: the hours are free, the bookings stay cancelled.
    gone = daemon.operator.call("DELETE", "/closures/" + answer.json["id"])
    assert gone.status == 200, gone
    assert len(daemon.api.slots(from_=SNOW["from"], to=SNOW["until"])) >= 20
    gone = daemon.operator.call("DELETE", "/closures/" + answer.json["id"])
    assert (gone.status, gone.json["code"]) == (404, "unknown_closure")
    time.sleep(0.5)
    mails(daemon, 21)


def test_what_changed_is_shown_again(daemon):
    made = fill(daemon, 4)
    seen = preview(daemon)
    booked = daemon.api.book(
        daemon.api.slots(from_=SNOW["from"], to=SNOW["until"])[0])
    answer = close(daemon, seen["digest"])
    assert (answer.status, answer.json["code"]) == (409, "changed")
    now = answer.json["preview"]
    assert {b["code"] for b in now["bookings"]} == {*made, booked["code"]}
    assert daemon.operator.get("/closures").json["closures"] == []
    assert close(daemon, now["digest"]).status == 201


@pytest.mark.parametrize("more, field", [
    ({"scope": "house"}, "scope"), ({"scope": "place"}, "code"),
    ({"scope": "place", "code": "moon"}, "code"), ({"code": "hall"}, "code"),
    ({"from": "soon"}, "from"), ({"until": "2026-07-06 25:00"}, "until"),
    ({"until": "2026-07-05"}, "until"), ({"until": "2028-07-05"}, "until"),
    ({"from": "2026-06-01", "until": "2026-06-02"}, "until"),
    ({"scope": None}, "scope")])
def test_refused_fields(daemon, more, field):
    answer = daemon.operator.post("/closures?preview=1", {**SNOW, **more})
    assert answer.status == 422, answer
    assert [e["field"] for e in answer.json["errors"]] == [field]


def test_not_without_a_preview(daemon):
    answer = daemon.operator.post("/closures", SNOW)
    assert [e["field"] for e in answer.json["errors"]] == ["digest"]
    assert daemon.api.post("/closures", SNOW).status == 401
    assert daemon.api.get("/closures").status == 401


def test_hokenctl(daemon):
    span = ("2026-07-06", "2026-07-10 15:00")
    for words in (["close", *span], ["close", "--room", "--place", "hall",
                                     *span]):
        assert daemon.ctl(*words).returncode == 2
    slots = daemon.api.slots(theme="health", from_="2026-07-06")
    one = daemon.api.book(slots[0])
    daemon.api.book(slots[1], email="yuki@example.jp")
    sick = ("close", "--advisor", "health", *span)
    done = daemon.ctl(*sick)
    assert done.returncode == 0, done.stderr
    assert "bookings 2, a letter to 1, nobody can reach 1" in done.stdout
    assert "--yes" in done.stderr
    assert daemon.ctl("closures").stdout.split() == [
        "ID", "FROM", "-", "UNTIL", "SCOPE", "CODE"]
    done = daemon.ctl(*sick, "--yes")
    assert done.returncode == 0, done.stderr
    closed, people = done.stdout.split("nobody can reach:\n")
    number = re.search(r"closed  (\d+)", closed).group(1)
    assert one["code"] in people
    assert len(people.splitlines()) == 2
    assert number in daemon.ctl("closures").stdout
    listed = json.loads(daemon.ctl("--json", "closures").stdout)["closures"]
    assert listed == [{"id": number, "scope": "advisor", "code": "health",
                       "starts_at": "2026-07-06T00:00:00+09:00",
                       "ends_at": "2026-07-10T15:00:00+09:00"}]
    assert daemon.ctl("reopen", number).returncode == 0
    assert daemon.ctl("reopen", number).returncode == 1


def test_pages(daemon):
    made = fill(daemon, 6)
    reader = office(daemon)
    page = reader.follow(reader.get("/staff"), "お休みにする")
    form = page.button("かかる予約を見る").form
    form.fields.append(("what", "room"))
    page = reader.press(page, "かかる予約を見る", **{"from": SNOW["from"]},
                        until=SNOW["until"], until_time="12:00")
    assert page.status == 200, page.text
    assert "お知らせできない方 3件" in page.text
    assert "メールでお知らせする方 3件" in page.text
    for code in made:
        assert code in page.text
    stale = page
    extra = daemon.api.book(
        daemon.api.slots(from_=SNOW["from"], to="2026-07-16")[0])
    page = reader.press(stale, "お休みにして、6件を取りやめる")
    assert page.status == 409
    assert "見ているあいだに予約が変わりました" in page.text
    assert extra["code"] in page.text
    page = reader.press(page, "お休みにして、7件を取りやめる")
    assert page.path.startswith("/staff/closures/")
    assert "7件の予約を取りやめました" in page.text
    assert "お知らせできない方 4件" in page.text
    assert extra["code"] in page.text
    mails(daemon, 6)
    closed = reader.get("/staff/close")
    assert "これからのお休み" in closed.text
    assert reader.follow(closed, "くわしく見る").path == page.path
    page = reader.press(page, "お休みを取り消す")
    assert "これからのお休み" not in page.text


def test_form_keeps_what_was_typed(daemon):
    reader = office(daemon)
    page = reader.get("/staff/close?what=place:hall&from=2026-07-07"
                      "&from_time=13:00&until=2026-07-06&until_time=")
    assert page.status == 422
    assert page.title.startswith("エラー：")
    assert "終わりが始まりより前です" in page.text
    assert page.value("from_time") == "13:00"
    assert page.value("until") == "2026-07-06"
    missing = reader.get("/staff/closures/12")
    assert missing.status == 404
