"""What one network and one mail address may book; staff have no bounds."""
import pytest
from reader import Reader
from staff import office
from test_api_rights import Signed
from test_booking_pages import book, check

PROXIED = 'trusted_proxy = "127.0.0.1"\n'
HERE = "192.0.2.7"


def book_from(daemon, slot, peer=HERE, **told):
    return daemon.api.post("/bookings", {"slot": slot["id"], **told},
                           X_Forwarded_For=peer)


def test_a_network_books_its_share_of_a_day(start):
    daemon = start(conf=PROXIED + "bookings_per_network = 2\n")
    slots = daemon.api.slots()
    assert book_from(daemon, slots[0]).status == 201
    key = {"Idempotency_Key": "0f8fad5b-d9cb-469f-a165-70867728950e"}
    for _ in range(2):  # the same one again is no other
        assert daemon.api.post("/bookings", {"slot": slots[1]["id"]},
                               X_Forwarded_For=HERE, **key).status == 201
    refused = book_from(daemon, slots[2])
    assert (refused.status, refused.json["code"]) == (429, "too_many")
    assert "お電話" in refused.json["detail"]
    # It stays free, also for the room itself, which has no bounds.
    assert book_from(daemon, slots[2], "192.0.2.8").status == 201
    assert daemon.operator.post("/bookings",
                                {"slot": slots[3]["id"]}).status == 201
    daemon.restart("2026-06-30T08:00:00+09:00")
    assert book_from(daemon, slots[4]).status == 429
    daemon.restart("2026-06-30T09:20:00+09:00")
    assert book_from(daemon, slots[4]).status == 201


def test_half_an_ipv6_address_is_one_network(start):
    daemon = start(conf=PROXIED + "bookings_per_network = 1\n")
    slots = daemon.api.slots()
    told = [book_from(daemon, slot, peer).status for slot, peer in zip(
        slots, ("2001:db8::1", "2001:db8::2:3", "2001:db8:0:1::1"))]
    assert told == [201, 429, 201]


def test_staff_have_no_bounds(start):
    daemon = start(conf="bookings_per_network = 1\n")
    slots = daemon.api.slots()
    staff = Signed(daemon, "staff")
    for slot in slots[:2]:
        assert staff.post("/bookings", {"slot": slot["id"], "entry": "phone"},
                          staff.guard).status == 201
    assert book_from(daemon, slots[2]).status == 201
    assert book_from(daemon, slots[3]).status == 429


def test_what_failed_counts_nothing(start):
    daemon = start(conf="bookings_per_network = 1\n")
    slots = daemon.api.slots()
    daemon.operator.book(slots[0])
    assert daemon.api.post("/bookings", {"slot": slots[0]["id"]}).status == 409
    assert daemon.api.post("/bookings", {"slot": slots[1]["id"]}).status == 201


def test_an_address_has_three_visits_ahead(daemon):
    slots = daemon.api.slots()
    mail = "yuki@example.jp"
    codes = [daemon.api.book(slot, email=mail) for slot in slots[:3]]
    refused = daemon.api.post("/bookings", {"slot": slots[3]["id"],
                                            "email": "Yuki@EXAMPLE.jp"})
    assert (refused.status, refused.json["code"]) == (429, "too_many")
    # A move and a booking that staff make are no matter of shares.
    daemon.api.post(f"/bookings/{codes[0]['code']}/move",
                    {"slot": slots[4]["id"],
                     "passphrase": codes[0]["passphrase"]})
    reader = office(daemon)
    page = reader.follow(reader.get("/staff"), "電話の予約")
    page = reader.press(page, page.slots()[0])
    page = reader.press(page, "この時間で予約する", mail=mail)
    assert "読み上げてください" in page.text
    # Who cancels two has one to make.
    for made in codes[1:]:
        assert daemon.api.post(f"/bookings/{made['code']}/cancel",
                               {"passphrase": made["passphrase"]}
                               ).status == 200
    assert daemon.api.post("/bookings", {"slot": slots[3]["id"],
                                         "email": mail}).status == 201


@pytest.mark.parametrize("lang, title, phone", [
    ("ja", "いまは、ここから予約できません", "お電話なら"),
    ("en", "cannot be booked online just now", "by phone"),
])
def test_she_is_asked_to_phone(start, lang, title, phone):
    daemon = start(conf="bookings_per_mail = 1\n")
    book(Reader(daemon.url), mail="yuki@example.jp")
    reader = Reader(daemon.url)
    page = check(reader, name="ゆき", mail="yuki@example.jp", note="静かに")
    reader.get(f"/slots?lang={lang}")
    page = reader.get("/check")
    page = reader.post("/check", {"guard": page.value("guard")})
    assert page.status == 429 and title in page.text
    assert phone in page.text and 'href="tel:' in page.body
    assert "ゆき" in page.text and "静かに" in page.text
    # Nothing is lost: without the address the frame is hers.
    page = reader.get("/contact")
    assert page.value("name") == "ゆき"
    reader.post("/contact", {"guard": page.value("guard"), "name": "ゆき",
                             "mail": "", "note": "", "lang": "ja"})
    page = reader.get("/check")
    assert reader.post("/check", {"guard": page.value("guard")}
                       ).path == "/done"


def test_a_zero_is_no_bound(start):
    daemon = start(conf="bookings_per_network = 0\nbookings_per_mail = 0\n"
                        "holds_per_network = 0\n")
    slots = daemon.api.slots(to="2026-07-02")
    slots += daemon.api.slots(from_="2026-07-03", to="2026-07-17")
    assert len(slots) > 45
    for slot in slots[:45]:
        daemon.api.book(slot, email="yuki@example.jp")
    for _ in range(17):
        reader = Reader(daemon.url)
        page = reader.get("/slots")
        assert reader.press(page, page.slots()[0]).path == "/contact"
