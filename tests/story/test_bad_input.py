"""Bad input: the right status, a clear message in her language, nothing
written."""
import json
import re

import pytest

KANA = re.compile("[぀-ヿ一-鿿]")
LONG = "あ" * 41

# What, how the body of a booking differs (bytes: as it is), headers, status,
# code, field.  SLOT stands for a free slot.
BOOKINGS = [
    ("no body", None, {}, 400, "no_body", None),
    ("empty body", b"", {}, 400, "no_body", None),
    ("no JSON", b"{", {}, 400, "malformed", None),
    ("no object", b"[]", {}, 400, "malformed", None),
    ("two objects", b"{}{}", {}, 400, "malformed", None),
    ("a member twice", b'{"slot":"1-1","slot":"1-1"}', {}, 400, "malformed",
     None),
    ("no UTF-8", b'{"name":"\xff"}', {}, 400, "malformed", None),
    ("half a surrogate", b'{"name":"\\ud83d"}', {}, 400, "malformed", None),
    ("bare control character", b'{"name":"a\x01"}', {}, 400, "malformed",
     None),
    ("deeply nested", b'{"name":' + b"[" * 3000 + b"]" * 3000 + b"}", {},
     400, "malformed", None),
    ("form", b"slot=1-1", {"Content_Type":
     "application/x-www-form-urlencoded"}, 415, "media_type", None),
    ("text", {}, {"Content_Type": "text/plain"}, 415, "media_type", None),
    ("nearly JSON", {}, {"Content_Type": "application/jsonx"}, 415,
     "media_type", None),
    ("no type", {}, {"Content_Type": None}, 415, "media_type", None),
    ("no slot", {"slot": None}, {}, 422, "fields", "slot"),
    ("empty slot", {"slot": " "}, {}, 422, "fields", "slot"),
    ("slot as number", {"slot": 12}, {}, 422, "fields", "slot"),
    ("slot as object", {"slot": {"id": "1-1"}}, {}, 422, "fields", "slot"),
    ("long slot", {"slot": "1" * 65}, {}, 422, "fields", "slot"),
    ("unknown slot", {"slot": "1-1782705600"}, {}, 404, "unknown_slot",
     None),
    ("not a slot", {"slot": "tomorrow"}, {}, 404, "unknown_slot", None),
    ("huge slot", {"slot": "99999999999999999999-1"}, {}, 404,
     "unknown_slot", None),
    ("negative slot", {"slot": "-1-1"}, {}, 404, "unknown_slot", None),
    ("slot off the grid", {"slot": "OFF"}, {}, 404, "unknown_slot", None),
    ("unknown member", {"nickname": "x"}, {}, 422, "fields", "nickname"),
    ("long name", {"name": LONG}, {}, 422, "fields", "name"),
    ("name with NUL", {"name": "a\0b"}, {}, 422, "fields", "name"),
    ("name with line break", {"name": "a\nb"}, {}, 422, "fields", "name"),
    ("name with escape", {"name": "a\x1b[2Jb"}, {}, 422, "fields", "name"),
    ("name with bidi override", {"name": "a\u202eb"}, {}, 422, "fields",
     "name"),
    ("name as list", {"name": ["a"]}, {}, 422, "fields", "name"),
    ("no mail address", {"email": "hana"}, {}, 422, "fields", "email"),
    ("two addresses", {"email": "a@example.jp,b@example.jp"}, {}, 422,
     "fields", "email"),
    ("address with line break", {"email": "a@example.jp\r\nRCPT TO:<x@y.jp>"},
     {}, 422, "fields", "email"),
    ("long address", {"email": "a" * 60 + "@" + "b" * 200 + ".jp"}, {}, 422,
     "fields", "email"),
    ("unknown language", {"language": "xx"}, {}, 422, "fields", "language"),
    ("long note", {"note": "あ" * 1001}, {}, 422, "fields", "note"),
    ("note with bell", {"note": "a\x07"}, {}, 422, "fields", "note"),
    ("long key", {}, {"Idempotency_Key": "k" * 256}, 422, "key", None),
]


@pytest.fixture
def house(daemon):
    daemon.slot = daemon.api.slots()[0]
    daemon.before = (daemon.api.slots(), room_day(daemon))
    return daemon


def room_day(daemon):
    return daemon.operator.get("/bookings").json


def check(house, answer, status, code, field, lang):
    assert (answer.status, answer.json["code"]) == (status, code), answer
    problem = answer.json
    assert answer.headers["content-type"] == "application/problem+json"
    assert problem["status"] == status
    assert problem["type"] == "urn:hokenshitsu:problem:" + code
    said = [problem["title"], problem["detail"]]
    said += [e["detail"] for e in problem.get("errors", [])]
    for words in said:
        assert bool(KANA.search(words)) == (lang == "ja"), words
    fields = [e["field"] for e in problem.get("errors", [])]
    assert fields == ([field] if field else [])
    assert (house.api.slots(), room_day(house)) == house.before


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_bookings(house, lang):
    for what, change, headers, status, code, field in BOOKINGS:
        body = change
        if isinstance(change, dict):
            body = {"slot": house.slot["id"], **change}
            if body["slot"] == "OFF":
                session, start = house.slot["id"].split("-")
                body["slot"] = f"{session}-{int(start) + 900}"
        print(what)
        answer = house.api.post("/bookings", body, lang=lang, **headers)
        check(house, answer, status, code, field, lang)


def test_all_faults_at_once(house):
    answer = house.api.post("/bookings", {
        "name": LONG, "email": "hana", "colour": "red"}, lang="en")
    assert {e["field"] for e in answer.json["errors"]} == {
        "slot", "name", "email", "colour"}
    long = [e for e in answer.json["errors"] if e["field"] == "name"]
    assert "40" in long[0]["detail"]


def test_faults_are_in_the_language_of_who_asks(house):
    """`language` is that of her letters."""
    answer = house.api.post("/bookings", {"slot": "1-1", "language": "en"},
                            lang="ja")
    assert KANA.search(answer.json["detail"])
    answer = house.api.post("/bookings", {"slot": "1-1", "language": "ja"},
                            lang="en")
    assert not KANA.search(answer.json["detail"])
    answer = house.api.post("/bookings", {"slot": "1-1"}, lang="fr")
    assert KANA.search(answer.json["detail"])
    answer = house.api.post("/bookings", {"slot": "1-1"},
                            lang="fr, ja;q=0.2, en;q=0.7")
    assert not KANA.search(answer.json["detail"])


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("path, query, field", [
    ("/slots", "from=2026-7-1", "from"),
    ("/slots", "from=2026-02-30", "from"),
    ("/slots", "from=tomorrow", "from"),
    ("/slots", "to=2026-13-01", "to"),
    ("/slots", "to=20260701", "to"),
    ("/slots", "from=2026-07-02&to=2026-07-01", "to"),
    ("/slots", "from=99999999999-01-01", "from"),
    ("/slots", "theme=cooking", "theme"),
    ("/slots", "theme=%E3%81%82", "theme"),
    ("/slots", "place=moon", "place"),
    ("/slots", "channel=fax", "channel"),
    ("/bookings", "date=today", "date"),
    ("/usage", "from=2026-06-31", "from"),
    ("/usage", "from=1000-01-01&to=2026-01-01", "to"),
])
def test_queries(house, path, query, field, lang):
    answer = house.operator.get(f"{path}?{query}", lang=lang)
    check(house, answer, 422, "fields", field, lang)


@pytest.mark.parametrize("query, kind", [
    ("from=%zz", "text/plain"),     # not HTTP: seen before any route
    ("from=%00", "text/plain"),
    ("theme=%ff", "application/problem+json")])
def test_queries_that_cannot_be_read(house, query, kind):
    answer = house.api.get(f"/slots?{query}")
    assert answer.status == 400, answer
    assert answer.headers["content-type"].startswith(kind)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_past_slot(house, lang):
    house.restart(rehearse="2026-06-29T13:30:00+09:00")
    answer = house.api.post("/bookings", {"slot": house.slot["id"]},
                            lang=lang)
    house.before = (house.api.slots(), room_day(house))
    check(house, answer, 410, "past", None, lang)
    assert 0 < len(answer.json["alternatives"]) <= 6


def test_too_near_counts_as_past(house):
    house.restart(rehearse="2026-06-29T12:31:00+09:00")
    answer = house.api.post("/bookings", {"slot": house.slot["id"]})
    assert (answer.status, answer.json["code"]) == (410, "past")


def test_too_far(house):
    last = house.api.slots(from_="2026-08-28", to="2026-12-31")[-1]
    session, start = last["id"].split("-")
    # The sessions of the week after are known already, but not open.
    house.restart(rehearse="2026-06-30T09:00:00+09:00")
    assert house.api.slots(from_="2026-08-29", to="2026-12-31") == []


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_moves(house, lang):
    new = house.api.slots()[1]
    booking = house.api.book(house.slot)
    house.before = (house.api.slots(), room_day(house))
    path = f"/bookings/{booking['code']}"
    words = booking["passphrase"]
    for where, body, status, code, field in [
            ("move", {"passphrase": words}, 422, "fields", "slot"),
            ("move", {"slot": new["id"]}, 422, "fields", "passphrase"),
            ("move", {"slot": "1-1", "passphrase": words}, 404,
             "unknown_slot", None),
            ("move", {"slot": new["id"], "passphrase": "い" * 101}, 422,
             "fields", "passphrase"),
            ("move", {"slot": new["id"], "passphrase": "ちがいます"}, 403,
             "passphrase", None),
            ("cancel", {}, 422, "fields", "passphrase"),
            ("cancel", {"passphrase": words, "slot": "1-1"}, 422, "fields",
             "slot"),
            ("cancel", {"passphrase": "ちがいます"}, 403, "passphrase",
             None)]:
        answer = house.api.post(f"{path}/{where}", body, lang=lang)
        check(house, answer, status, code, field, lang)


def test_too_late_to_change(house):
    booking = house.api.book(house.slot)
    new = house.api.slots()[-1]
    house.restart(rehearse="2026-06-29T13:10:00+09:00")
    for where, body in (("cancel", {}), ("move", {"slot": new["id"]})):
        body["passphrase"] = booking["passphrase"]
        answer = house.api.post(f"/bookings/{booking['code']}/{where}", body)
        assert (answer.status, answer.json["code"]) == (409, "too_late")


def test_held_slot(house):
    """A slot that somebody holds while she types is taken for others."""
    connection = house.api.connection()
    connection.request("GET", "/slots")
    page = connection.getresponse().read().decode()
    guard = re.search(r'name="guard" value="([^"]+)"', page)[1]
    connection.request(
        "POST", "/holds", f"slot={house.slot['id']}&guard={guard}",
        {"Content-Type": "application/x-www-form-urlencoded",
         "Sec-Fetch-Site": "same-origin"})
    held = connection.getresponse()
    held.read()
    connection.close()
    assert held.status == 303
    answer = house.api.post("/bookings", {"slot": house.slot["id"]})
    assert (answer.status, answer.json["code"]) == (409, "taken")
    # Holds are no bookings yet.
    assert room_day(house) == house.before[1]


@pytest.mark.parametrize("body", [
    {"outcome": "vanished"}, {"outcome": None}, {}, {"outcome": 1},
    {"outcome": "attended", "note": "x"}])
def test_outcomes(house, body):
    answer = house.operator.post("/bookings/1234-5678/outcome", body)
    assert (answer.status, answer.json["code"]) == (422, "fields")


def test_body_beyond_the_limit(house):
    body = json.dumps({"note": "a" * 70000}).encode()
    try:
        answer = house.api.post("/bookings", body)
        assert answer.status == 413
    except (BrokenPipeError, ConnectionResetError):
        pass  # it may hang up while she still sends
    assert (house.api.slots(), room_day(house)) == house.before
