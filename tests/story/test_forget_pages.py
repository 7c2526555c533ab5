"""Forgetting her visit, as she does it, and what staff see of it."""
from reader import Reader
from staff import office
from test_booking_pages import assert_discreet, book, code_of, words_of
from test_forget import gone, sealed

TOLD = {"name": "ゆき", "mail": "yuki@example.jp", "note": "めもです"}
SLOT = "/slots?from=2026-07-01"


def cancel(reader):
    page = reader.press(reader.get("/visit/cancel"), "この予約を取りやめる")
    assert page.h1 == "またいつでもどうぞ", page.text
    return page


def knock(reader, code, words):
    return reader.press(reader.get("/manage"), "予約を開く", code=code,
                        words=" ".join(words))


def test_at_once_when_cancelled(daemon):
    reader = Reader(daemon.url)
    done = book(reader, **TOLD)
    code, words = code_of(done), words_of(done)
    boxes = sealed(daemon.var, code)
    page = reader.follow(cancel(reader), "この予約の記録を消す")
    assert_discreet(page)
    for word in ("35日", "履歴", "元には戻せません"):
        assert word in page.text
    assert "何もしなくても" not in page.text
    assert sealed(daemon.var, code), "GET changes nothing"
    after = reader.press(page, "この予約の記録を消す")
    assert (after.path, after.h1) == ("/forgotten", "記録を消しました")
    assert_discreet(after)
    gone(daemon, boxes)
    # The browser has forgotten as well, and so has the house.
    assert reader.get("/visit").status == 404
    opened, unknown = (knock(reader, number, words)
                       for number in (code, "1234-5678"))
    assert (opened.status, opened.text.replace(code, "")) == (
        unknown.status, unknown.text.replace("1234-5678", ""))


def test_the_second_click(daemon):
    """Two windows of one browser: both end on the same page."""
    reader = Reader(daemon.url)
    book(reader, **TOLD)
    cancel(reader)
    page, tab = reader.get("/visit/forget"), reader.fork()
    for window in (reader, tab):
        assert window.press(page, "この予約の記録を消す").path == "/forgotten"
        assert window.get("/visit").status == 404


def test_afterwards_and_taken_back(daemon):
    reader = Reader(daemon.url)
    done = book(reader, **TOLD)
    code, words = code_of(done), words_of(done)
    page = reader.follow(reader.get("/visit"), "相談のあとに消す")
    assert "90日" in page.text
    page = reader.press(page, "相談のあとに消す")
    assert page.path == "/visit" and "終わりしだい、お名前や連絡先を消します" \
        in page.text
    page = reader.follow(page, "取り消す")
    page = reader.press(page, "すぐに消すのをやめる")
    page = reader.follow(page, "相談のあとに消す")
    page = reader.press(page, "相談のあとに消す")
    assert sealed(daemon.var, code)
    daemon.restart(rehearse="2026-07-29T09:00:00+09:00")
    assert knock(reader, code, words).status == 422
    assert daemon.operator.get(f"/bookings/{code}").json["forgotten_at"]


def test_right_after_the_visit(daemon):
    reader = Reader(daemon.url)
    done = book(reader, **TOLD)
    code, words = code_of(done), words_of(done)
    ends = daemon.operator.get(f"/bookings/{code}").json["ends_at"]
    daemon.restart(rehearse=ends)
    page = reader.follow(knock(reader, code, words), "この予約の記録を消す")
    assert reader.press(page, "この予約の記録を消す").path == "/forgotten"


def test_a_hold_and_nobody(daemon):
    reader = Reader(daemon.url)
    assert reader.get("/visit/forget").status == 404
    assert reader.get("/forgotten").status == 200
    slots = reader.get("/slots")
    reader.press(slots, slots.slots()[0])
    assert reader.get("/visit/forget").path == "/contact"


def test_the_room_sees_that_it_is_erased(daemon):
    reader = Reader(daemon.url)
    code = code_of(book(reader, **TOLD))
    day = daemon.operator.get(f"/bookings/{code}").json["starts_at"][:10]
    daemon.restart(rehearse=f"{day}T20:00:00+09:00")
    staff = office(daemon)
    page = staff.get(f"/staff/day?date={day}")
    assert "消去済み" not in page.text and page.button("見る（記録が")
    assert daemon.ctl("forget", code).returncode == 0
    page = staff.get(f"/staff/day?date={day}")
    assert "お名前と連絡先は消去済み" in page.text
    assert "見る（記録が" not in page.text and code[-4:] in page.text
    # Who came can still be told.
    page = staff.press(page, "来られた")
    assert "消去済み" in page.text
