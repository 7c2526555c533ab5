"""The JSON API as programs use it."""
import re

import pytest

from conftest import WEEKDAY

KANA = re.compile("[぀-ヿ一-鿿]")
SLOT_MEMBERS = {"id", "theme", "advisor", "place", "channel", "starts_at",
                "ends_at"}
MEMBERS = {"code", "state", "theme", "advisor", "place", "channel",
           "starts_at", "ends_at"}


def test_themes(daemon):
    ja = daemon.api.get("/themes").json["themes"]
    en = daemon.api.get("/themes", lang="en-GB, ja;q=0.5").json["themes"]
    codes = ["career", "communication", "health", "money", "startup"]
    assert [t["code"] for t in ja] == [t["code"] for t in en] == codes
    assert ja[0]["title"] == "キャリアのこと"
    assert en[0]["title"] == "Your career"
    assert [a["code"] for a in ja[2]["advisors"]] == ["health"]
    assert KANA.search(ja[2]["advisors"][0]["profession"])


def test_slots(daemon):
    slots = daemon.api.slots()
    assert slots == sorted(slots, key=lambda s: s["starts_at"])
    assert all(set(s) == SLOT_MEMBERS for s in slots)
    first = slots[0]
    assert re.fullmatch(r"\d+-\d+", first["id"])
    assert first["starts_at"] == "2026-06-29T13:00:00+09:00"
    assert first["ends_at"] == "2026-06-29T14:00:00+09:00"
    # Fourteen days, today among them.
    assert slots[-1]["starts_at"][:10] == "2026-07-11"


def test_slot_filters(daemon):
    wide = {"from_": "2026-06-29", "to": "2026-07-31"}
    everything = daemon.api.slots(**wide)
    for member, value in (("theme", "money"), ("channel", "online"),
                          ("place", "hall")):
        some = daemon.api.slots(**wide, **{member: value})
        assert some == [s for s in everything if s[member] == value]
        assert 0 < len(some) < len(everything)
    # `to` is inclusive, and nothing lies beyond the booking window.
    one = daemon.api.slots(from_="2026-07-01", to="2026-07-01")
    assert [s["starts_at"][:13] for s in one] == [
        "2026-07-01T13", "2026-07-01T14", "2026-07-01T15"]
    assert daemon.api.slots(from_="2027-01-01", to="2027-12-31") == []
    far = daemon.api.slots(from_="2020-01-01", to="2099-12-31")
    assert far[0] == everything[0]
    assert far[-1]["starts_at"][:10] <= "2026-08-28"


def test_book(daemon):
    slot = daemon.api.slots(theme="health")[0]
    booking = daemon.api.book(slot, name="ゆき", email="yuki@example.jp",
                              language="ja", note="一行目\n二行目")
    assert set(booking) == MEMBERS | {"passphrase", "manage_url"}
    assert re.fullmatch(r"\d{4}-\d{4}", booking["code"])
    assert re.fullmatch(r"[ぁ-んー]+( [ぁ-んー]+){2}", booking["passphrase"])
    assert booking["manage_url"].startswith("http")
    assert booking["state"] == "confirmed"
    for member in SLOT_MEMBERS - {"id"}:
        assert booking[member] == slot[member]
    assert slot["id"] not in [s["id"] for s in daemon.api.slots()]


def test_book_with_nothing_told(daemon):
    slot = daemon.api.slots()[0]
    booking = daemon.api.book(slot, name=None, email=None, note="",
                              language="en")
    assert re.fullmatch(r"[a-z']+( [a-z']+){2}", booking["passphrase"])


def test_taken(daemon):
    slot = daemon.api.slots(theme="health")[1]
    daemon.api.book(slot)
    answer = daemon.api.post("/bookings", {"slot": slot["id"]})
    assert answer.status == 409
    problem = answer.json
    assert answer.headers["content-type"] == "application/problem+json"
    assert problem["type"] == "urn:hokenshitsu:problem:taken"
    assert problem["code"] == "taken"
    assert problem["status"] == 409
    assert "ほかの方が予約しました" in problem["detail"]
    near = problem["alternatives"]
    assert 0 < len(near) <= 6
    assert near[0]["theme"] == "health"
    assert near[0]["starts_at"][:10] == slot["starts_at"][:10]
    daemon.api.book(near[0])


def test_same_key_same_answer(daemon):
    slots = daemon.api.slots()
    body = {"slot": slots[0]["id"], "name": "ゆき"}
    key = "8e03978e-40d5-43dd-bc93-6894a57f9324"
    first = daemon.api.post("/bookings", body, Idempotency_Key=key)
    again = daemon.api.post("/bookings", body, Idempotency_Key=key)
    assert first.status == again.status == 201
    assert first.body == again.body
    other = daemon.api.post("/bookings", {**body, "name": "はな"},
                            Idempotency_Key=key)
    assert (other.status, other.json["code"]) == (422, "key_used")
    elsewhere = daemon.api.post(
        f"/bookings/{first.json['code']}/cancel",
        {"passphrase": first.json["passphrase"]}, Idempotency_Key=key)
    assert (elsewhere.status, elsewhere.json["code"]) == (422, "key_used")
    day = daemon.operator.get("/bookings").json["bookings"]
    assert [b["code"] for b in day] == [first.json["code"]]


def test_refusal_is_not_kept(daemon):
    slot = daemon.api.slots()[0]
    booking = daemon.api.book(slot)
    body = {"slot": slot["id"]}
    refused = daemon.api.post("/bookings", body, Idempotency_Key="again")
    assert refused.status == 409
    cancel(daemon, booking)
    made = daemon.api.post("/bookings", body, Idempotency_Key="again")
    assert made.status == 201


def test_move(daemon):
    old, new = daemon.api.slots(theme="money")[:2]
    booking = daemon.api.book(old)
    moved = move(daemon, booking, new)
    assert moved.status == 200, moved
    assert set(moved.json) == MEMBERS
    assert moved.json["code"] == booking["code"]
    assert moved.json["starts_at"] == new["starts_at"]
    free = [s["id"] for s in daemon.api.slots()]
    assert old["id"] in free and new["id"] not in free
    again = move(daemon, booking, new)
    assert (again.status, again.json) == (200, moved.json)


def test_move_to_a_taken_slot_keeps_the_old(daemon):
    old, new = daemon.api.slots(theme="money")[:2]
    booking = daemon.api.book(old)
    daemon.api.book(new)
    answer = move(daemon, booking, new)
    assert (answer.status, answer.json["code"]) == (409, "taken")
    assert answer.json["alternatives"]
    free = [s["id"] for s in daemon.api.slots()]
    assert old["id"] not in free
    shown = daemon.operator.get(f"/bookings/{booking['code']}").json
    assert shown["starts_at"] == old["starts_at"]


def test_cancel(daemon):
    slot = daemon.api.slots()[0]
    booking = daemon.api.book(slot)
    answer = cancel(daemon, booking)
    assert (answer.status, answer.json["state"]) == (200, "cancelled")
    assert slot["id"] in [s["id"] for s in daemon.api.slots()]
    again = cancel(daemon, booking)
    assert (again.status, again.json["code"]) == (409, "state")
    moved = move(daemon, booking, slot)
    assert (moved.status, moved.json["code"]) == (409, "state")


def test_codes_and_words_as_people_type_them(daemon):
    slot = daemon.api.slots()[0]
    booking = daemon.api.book(slot)
    wide = booking["code"].translate(str.maketrans("0123456789-",
                                                   "０１２３４５６７８９ー"))
    from urllib.parse import quote
    answer = daemon.api.post(
        f"/bookings/{quote(wide)}/cancel",
        {"passphrase": "　" + booking["passphrase"].replace(" ", "　")})
    assert answer.status == 200, answer


def test_wrong_words(daemon):
    booking = daemon.api.book(daemon.api.slots()[0])
    unknown = "0000-0000" if booking["code"] != "0000-0000" else "1111-1111"
    wrong = {"passphrase": "いぬ いぬ いぬ"}
    for code in (booking["code"], unknown):
        tries = [daemon.api.post(f"/bookings/{code}/cancel", wrong)
                 for _ in range(6)]
        assert [a.status for a in tries] == [403] * 5 + [429]
        assert {a.json["code"] for a in tries[:5]} == {"passphrase"}
        assert len({a.body for a in tries[:5]}) == 1
        assert tries[5].headers["retry-after"] == "3600"
    # Now not even the right words help her, but the operator can.
    assert cancel(daemon, booking).status == 429
    helped = daemon.operator.post(f"/bookings/{booking['code']}/cancel", {})
    assert helped.status == 200


def test_a_typo_does_not_count_after_success(daemon):
    slots = daemon.api.slots()
    booking = daemon.api.book(slots[0])
    for slot in slots[1:4]:
        for _ in range(3):
            wrong = daemon.api.post(
                f"/bookings/{booking['code']}/move",
                {"slot": slot["id"], "passphrase": "ちがう"})
            assert wrong.status == 403
        assert move(daemon, booking, slot).status == 200


@pytest.mark.parametrize("method, path, body", [
    ("GET", "/bookings", None),
    ("GET", "/bookings/1234-5678", None),
    ("POST", "/bookings/1234-5678/outcome", {"outcome": "attended"}),
    ("GET", "/usage", None),
    ("GET", "/room", None),
    ("PUT", "/room", b"theme"),
    ("POST", "/accounts", {"name": "eve", "role": "manager"}),
])
def test_room_is_not_for_everybody(daemon, method, path, body):
    answer = daemon.api.call(method, path, body)
    assert (answer.status, answer.json["code"]) == (401, "sign_in")
    assert "www-authenticate" in answer.headers
    forged = daemon.api.call(method, path, body, Cookie="sitting=abc")
    assert forged.status == 401


def test_bookings_of_a_day(daemon):
    told = {"name": "カナリア", "email": "canary@example.jp",
            "note": "さえずり"}
    slots = daemon.api.slots(from_="2026-06-30", to="2026-06-30")
    codes = [daemon.api.book(s, **told)["code"] for s in slots[:2]]
    answer = daemon.operator.get("/bookings", {"date": "2026-06-30"})
    assert answer.json["date"] == "2026-06-30"
    assert [b["code"] for b in answer.json["bookings"]] == codes
    assert all(set(b) == MEMBERS for b in answer.json["bookings"])
    for value in told.values():
        assert value not in answer.text
        assert value not in daemon.log.read_text()
    shown = daemon.operator.get(f"/bookings/{codes[0]}").json
    assert "note" not in shown
    shown = daemon.operator.get(f"/bookings/{codes[0]}?note=1").json
    assert {k: shown[k] for k in told} == told
    assert shown["language"] == "ja"
    assert daemon.operator.get("/bookings/0000-0001").status == 404


def test_outcome(daemon):
    code = daemon.api.book(daemon.api.slots()[0])["code"]
    early = mark(daemon, code, "attended")
    assert (early.status, early.json["code"]) == (409, "not_begun")
    daemon.restart(rehearse="2026-06-29T13:30:00+09:00")
    for outcome in ("attended", "no_show", "confirmed", "attended"):
        marked = mark(daemon, code, outcome)
        assert (marked.status, marked.json["state"]) == (200, outcome)


def test_usage(daemon):
    bookings = [daemon.api.book(s) for s in daemon.api.slots()[:3]]
    assert cancel(daemon, bookings[2]).status == 200
    daemon.restart(rehearse="2026-06-29T15:30:00+09:00")
    assert mark(daemon, bookings[0]["code"], "attended").status == 200
    assert mark(daemon, bookings[1]["code"], "no_show").status == 200
    assert mark(daemon, bookings[2]["code"], "no_show").status == 409
    # Tuesday has not begun: what is not yet offered is not counted.
    usage = daemon.operator.get(
        "/usage", {"from": "2026-06-29", "to": "2026-06-30"}).json
    assert usage["as_of"].startswith("2026-06-29T15:3")
    assert usage["days"] == 1
    assert usage["total"] == {
        "offered": 3, "booked": 2, "used": 1, "attended": 1, "no_show": 1,
        "cancelled": 1, "booked_rate": pytest.approx(2 / 3),
        "use_rate": pytest.approx(1 / 3), "no_show_rate": 0.5,
        "cancellation_rate": pytest.approx(1 / 3)}
    for side, key in (("channel", "in_person"), ("theme", "career"),
                      ("weekday", "mon")):
        assert usage[side] == {key: usage["total"]}


def test_usage_without_anything(daemon):
    usage = daemon.operator.get(
        "/usage", {"from": "2026-01-01", "to": "2026-01-31"}).json
    assert usage["total"]["offered"] == 0
    assert usage["total"]["booked_rate"] is None
    assert usage["channel"] == usage["theme"] == usage["weekday"] == {}


def test_room_and_back(daemon):
    dump = daemon.operator.get("/room")
    assert dump.headers["content-type"].startswith("text/plain")
    before = daemon.api.slots()
    loaded = put_room(daemon, dump.body, "?prune=1")
    assert loaded.status == 200, loaded
    assert loaded.json["themes"] == 5
    assert daemon.operator.get("/room").body == dump.body
    assert daemon.api.slots() == before


def test_room_prune(daemon):
    room = WEEKDAY.read_text()
    start = room.index('opening "sat-morning"')
    smaller = room[:start].encode()
    assert put_room(daemon, smaller).status == 200
    assert any(s["starts_at"][:10] == "2026-07-11"
               for s in daemon.api.slots())
    assert put_room(daemon, smaller, "?prune=1").status == 200
    assert not any(s["starts_at"][:10] == "2026-07-11"
                   for s in daemon.api.slots())


def test_room_wrong(daemon):
    before = daemon.operator.get("/room").body
    answer = put_room(daemon, b'theme "x" {\n\tcolour = red\n}\n')
    assert (answer.status, answer.json["code"]) == (422, "room_file")
    assert "line 2" in answer.json["reason"]
    assert daemon.operator.get("/room").body == before


def test_accounts(daemon):
    def add(**body):
        return daemon.operator.post("/accounts", body)

    made = add(name="hana", role="staff")
    assert made.status == 201, made
    assert re.fullmatch("[a-z0-9]{4}(-[a-z0-9]{4}){2}",
                        made.json["one_time_password"])
    assert add(name="hana", role="staff").json["code"] == "name_taken"
    assert add(name="momo", role="advisor", advisor="health").status == 201
    for wrong, field in (
            ({"name": "mimi", "role": "advisor"}, "advisor"),
            ({"name": "mimi", "role": "advisor", "advisor": "x"}, "advisor"),
            ({"name": "mimi", "role": "staff", "advisor": "health"},
             "advisor"),
            ({"name": "Mimi", "role": "staff"}, "name"),
            ({"name": "mimi", "role": "queen"}, "role")):
        answer = add(**wrong)
        assert answer.status == 422, answer
        assert [e["field"] for e in answer.json["errors"]] == [field]


def test_openapi_names_every_address(daemon):
    doc = daemon.api.get("/openapi.json")
    assert doc.headers["content-type"].startswith("application/json")
    doc = doc.json
    assert doc["openapi"].startswith("3.1")
    for path, methods in doc["paths"].items():
        for method in methods:
            answer = daemon.api.call(method.upper(),
                                     path.replace("{code}", "1234-5678"))
            assert answer.status not in (404, 405, 500), (method, path)
    text = str(doc)
    for name in re.findall(r"#/components/(\w+)/(\w+)", text):
        assert name[1] in doc["components"][name[0]]


def test_unknown_address_and_method(daemon):
    for answer, status in ((daemon.api.get("/nothing"), 404),
                           (daemon.api.call("PUT", "/slots"), 405)):
        assert answer.status == status
        assert answer.headers["content-type"].startswith(
            "application/problem+json")
        assert answer.json["status"] == status


def move(daemon, booking, slot):
    return daemon.api.post(
        f"/bookings/{booking['code']}/move",
        {"slot": slot["id"], "passphrase": booking["passphrase"]})


def cancel(daemon, booking):
    return daemon.api.post(f"/bookings/{booking['code']}/cancel",
                           {"passphrase": booking["passphrase"]})


def mark(daemon, code, outcome):
    return daemon.operator.post(f"/bookings/{code}/outcome",
                                {"outcome": outcome})


def put_room(daemon, text, query=""):
    return daemon.operator.call("PUT", "/room" + query, text,
                                Content_Type="text/plain; charset=utf-8")
