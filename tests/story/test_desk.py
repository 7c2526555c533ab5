"""What staff do at the desk: bookings by phone, walk-ins, visits that
nobody has marked."""
import json
import re

import pytest
from reader import Reader
from staff import office
from test_api_rights import Signed

WORDS = re.compile(r"[ぁ-んー]+ [ぁ-んー]+ [ぁ-んー]+")


def test_by_phone(daemon):
    reader = office(daemon)
    page = reader.follow(reader.get("/staff"), "電話の予約")
    assert "お電話" not in page.text
    page = reader.press(page, page.slots()[0])
    assert re.fullmatch(r"/staff/book/\d+", page.path)
    held = page
    assert "9:10 まで" in page.text
    # Nobody else gets it meanwhile.
    free = [s["starts_at"] for s in daemon.api.slots()]
    assert "2026-06-29T13:00:00+09:00" not in free
    page = reader.press(page, "この時間で予約する", name="ゆ" * 41,
                        mail="yuki")
    assert page.status == 422
    assert page.title.startswith("エラー：")
    assert page.value("mail") == "yuki"
    page = reader.press(page, "この時間で予約する", name="ゆき",
                        mail="yuki@example.jp")
    assert page.status == 200, page.text
    code = re.search(r"\d{4}-\d{4}", page.text).group(0)
    words = WORDS.search(page.text).group(0)
    assert "読み上げてください" in page.text
    # The second click says the same.
    again = reader.press(held, "この時間で予約する", name="ゆき")
    assert code in again.text and words in again.text
    opened = daemon.operator.get(f"/bookings/{code}").json
    assert opened["name"] == "ゆき"
    assert opened["state"] == "confirmed"
    # Number and words open it for her.
    woman = Reader(daemon.url)
    page = woman.press(woman.get("/manage"), "予約を開く", code=code,
                       words=words)
    assert page.path == "/visit", page.text


def test_words_of_others_are_not_told(daemon):
    """Neither by the number of a web booking's hold nor after a while."""
    reader = office(daemon)
    page = reader.follow(reader.get("/staff"), "電話の予約")
    page = reader.press(page, page.slots()[0])
    done = reader.press(page, "この時間で予約する")
    assert WORDS.search(done.text)
    daemon.restart("2026-06-29T09:16:00+09:00")
    late = reader.post(page.path, {"guard": page.value("guard"),
                                   "lang": "ja"})
    assert late.status == 404
    assert not WORDS.search(late.text)
    assert reader.get(page.path).status == 409
    assert reader.get("/staff/book/77").status == 409


def test_phone_gives_back(daemon):
    reader = office(daemon)
    before = daemon.api.slots()
    page = reader.follow(reader.get("/staff"), "電話の予約")
    page = reader.press(page, page.slots()[0])
    page = reader.press(page, "この時間をやめて選びなおす")
    assert page.path == "/staff/book"
    assert daemon.api.slots() == before


def test_walk_in_in_two_taps(daemon):
    reader = office(daemon)
    assert "いま空いている相談員がいません" in reader.get("/staff").text
    daemon.restart("2026-06-29T13:20:00+09:00")
    office(daemon, reader)
    page = reader.get("/staff")
    button = next(b for b in page.buttons if b.attrs.get("name") == "session")
    page = reader.press(page, button)
    assert page.path == "/staff/day"
    day = daemon.operator.get("/bookings").json["bookings"]
    assert [(b["state"], b["starts_at"], b["ends_at"]) for b in day] == [
        ("attended", "2026-06-29T13:15:00+09:00",
         "2026-06-29T14:00:00+09:00")]
    # Nobody sits there twice.
    assert reader.press(reader.get("/staff/day?date=2026-06-29"),
                        "取り消す").status == 200
    late = reader.post("/staff/walk-in", {
        "guard": page.value("guard"), "session": button.attrs["value"]})
    assert late.status == 409


def test_walk_in_counts_as_used(daemon):
    daemon.restart("2026-06-29T13:20:00+09:00")
    answer = daemon.operator.post("/walk-ins", {}, Idempotency_Key="w")
    assert answer.status == 201, answer
    assert daemon.operator.post("/walk-ins", {},
                                Idempotency_Key="w").body == answer.body
    again = daemon.operator.post("/walk-ins", {})
    assert (again.status, again.json["code"]) == (409, "no_walk_in")
    usage = daemon.operator.get(
        "/usage?from=2026-06-29&to=2026-06-29").json["total"]
    assert usage["attended"] == 1
    assert usage["use_rate"] == pytest.approx(1 / 3)
    assert usage["booked_rate"] == 0


def test_walk_in_by_hokenctl(daemon):
    daemon.restart("2026-06-30T13:20:00+09:00")
    done = daemon.ctl("walk-in", "--advisor", "nobody")
    assert done.returncode == 1
    answer = daemon.operator.post("/walk-ins", {"advisor": "nobody"})
    assert (answer.status, answer.json["errors"][0]["field"]) == (
        422, "advisor")
    assert "advisor: There is no such code." in done.stderr
    done = daemon.ctl("--json", "walk-in")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["state"] == "attended"


@pytest.mark.parametrize("role, allowed", [
    ("staff", True), ("manager", True), ("advisor", False)])
def test_who_may(daemon, role, allowed):
    who = Signed(daemon, role)
    slot = daemon.api.slots()[0]["id"]
    booked = who.post("/bookings", {"slot": slot, "entry": "phone"},
                      who.guard)
    assert booked.status == (201 if allowed else 403)
    assert who.post("/walk-ins", {}, who.guard).status == (
        409 if allowed else 403)
    closing = {"scope": "room", "from": "2026-07-06", "until": "2026-07-06"}
    assert who.post("/closures?preview=1", closing, who.guard).status == (
        200 if allowed else 403)
    for path in ("/staff/book", "/staff/close"):
        page = daemon_page(daemon, who, path)
        assert page.status == (200 if allowed else 403), path


def daemon_page(daemon, who, path):
    reader = Reader(daemon.url)
    return reader.open(path, headers={"Cookie": who.cookie})


def test_entry_is_for_the_room(daemon):
    slot = daemon.api.slots()[0]["id"]
    assert daemon.api.post("/bookings", {
        "slot": slot, "entry": "phone"}).status == 401
    wrong = daemon.operator.post("/bookings", {"slot": slot,
                                               "entry": "walk_in"})
    assert [e["field"] for e in wrong.json["errors"]] == ["entry"]
    done = daemon.ctl("book", slot, "--entry", "phone")
    assert done.returncode == 0, done.stderr


def test_unmarked_visits_come_first(daemon):
    slots = daemon.api.slots(from_="2026-06-29", to="2026-06-29")
    codes = [daemon.api.book(s)["code"] for s in slots[:2]]
    reader = office(daemon)
    assert "印のない予約" not in reader.get("/staff").text
    daemon.restart("2026-06-30T08:30:00+09:00")
    reader = office(daemon)
    page = reader.get("/staff")
    assert "印のない予約が2件あります" in page.text
    # Other days do not chase.
    assert "印のない予約" not in reader.follow(page, "次の日").text
    told = daemon.ctl("today").stdout
    assert told.startswith("visits of the days before without an outcome: 2")
    assert all(code in told for code in codes)
    assert "unmarked" not in daemon.operator.get(
        "/bookings?date=2026-07-01").json
    page = reader.press(page, "来られた")
    assert page.path == "/staff/day"
    assert "印のない予約が1件あります" in page.text
    page = reader.press(page, "来られなかった")
    assert "印のない予約" not in page.text
    assert "visits of" not in daemon.ctl("today").stdout
    # Corrected, days later.
    page = reader.get("/staff/day?date=2026-06-29")
    page = reader.press(page, "取り消す")
    assert daemon.operator.get("/bookings").json["unmarked"][0][
        "state"] == "confirmed"
