"""What strangers try: each was possible once."""
import email
import signal
import socket
import sqlite3
import struct
import time
import urllib.parse

from reader import Reader


def post_and_vanish(daemon, path, fields, count):
    """Sends a form many times and resets the connections."""
    body = urllib.parse.urlencode(fields)
    wire = (f"POST {path} HTTP/1.1\r\nHost: localhost\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\n\r\n{body}").encode()
    sockets = [socket.create_connection(("127.0.0.1", daemon.port))
               for _ in range(count)]
    for s in sockets:
        s.sendall(wire)
    time.sleep(0.1)
    for s in sockets:
        s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER,
                     struct.pack("ii", 1, 0))
        s.close()
    time.sleep(0.1)


def test_stopping_with_requests_in_flight(daemon):
    """The writer waits for a lock while they vanish who asked it; it answers
    after the loop has ended.  conftest looks at status and log."""
    guard = Reader(daemon.url).get("/sign-in").value("guard")
    other = sqlite3.connect(daemon.var / "hokend.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    post_and_vanish(daemon, "/sign-in",
                    {"guard": guard, "name": "staff", "password": "x"}, 8)
    post_and_vanish(daemon, "/holds", {"guard": guard, "slot": "1-1"}, 8)
    daemon.process.send_signal(signal.SIGTERM)
    time.sleep(0.2)
    other.execute("ROLLBACK")
    other.close()
    daemon.stop()


def test_link_holder_finds_no_theme(daemon):
    slot = daemon.api.slots(theme="health")[0]
    link = daemon.api.book(slot, name="ゆき")["manage_url"]
    reader = Reader(daemon.url)
    page = reader.get(link)
    reader.press(page, page.buttons[-1])
    for query in ("", "?theme=", "?theme=&channel=in_person&long=1"):
        page = reader.get("/visit/move" + query)
        assert page.slots(), page.text
        assert "health" not in page.body


PROXIED = 'trusted_proxy = "127.0.0.1"\n'
SHARE = 8


def hold(reader, slot, peer):
    page = reader.get("/slots")
    return reader.open("/holds", urllib.parse.urlencode({
        "guard": page.value("guard"), "slot": slot["id"]}).encode(),
        {"X-Forwarded-For": peer})


def test_one_network_holds_only_its_share(start):
    daemon = start(conf=PROXIED + f"holds_per_network = {SHARE}\n")
    slots = daemon.api.slots()
    busy = [Reader(daemon.url) for _ in range(SHARE)]
    for reader, slot in zip(busy, slots):
        assert hold(reader, slot, "192.0.2.7").path == "/contact"
    late = Reader(daemon.url)
    refused = hold(late, slots[SHARE], "192.0.2.7")
    assert refused.status == 429
    assert not late.jar
    # The frame stays free and others have it.
    assert slots[SHARE]["id"] in [s["id"] for s in daemon.api.slots()]
    assert hold(late, slots[SHARE], "192.0.2.8").path == "/contact"
    # What is booked counts no more, and counts once.
    for _ in range(2):
        assert send(busy[1], "/check").path == "/done"
    assert hold(Reader(daemon.url), slots[SHARE + 1],
                "192.0.2.7").status == 200
    assert hold(Reader(daemon.url), slots[SHARE + 2],
                "192.0.2.7").status == 429


def send(reader, path, peer="192.0.2.7"):
    guard = reader.get("/contact").value("guard")
    return reader.open(path, urllib.parse.urlencode({"guard": guard}).encode(),
                       {"X-Forwarded-For": peer})


def test_a_share_is_not_kept_by_turns(start):
    """Exchanging or giving back before a hold lapses prolongs nothing."""
    daemon = start(conf=PROXIED + "holds_per_network = 4\n")
    slots = daemon.api.slots()
    one, two, late = (Reader(daemon.url) for _ in range(3))
    for reader, slot in zip((one, two), slots):
        assert hold(reader, slot, "192.0.2.7").path == "/contact"
    daemon.restart("2026-06-29T09:09:00+09:00")
    for reader, slot in zip((one, two), slots[2:]):
        assert hold(reader, slot, "192.0.2.7").path == "/contact"
    daemon.restart("2026-06-29T09:18:00+09:00")
    assert hold(late, slots[4], "192.0.2.7").status == 429
    assert hold(one, slots[4], "192.0.2.7").status == 429
    # She keeps what she has.
    assert one.get("/contact").path == "/contact"
    free = [s["id"] for s in daemon.api.slots()]
    assert slots[2]["id"] not in free and slots[4]["id"] in free
    # No longer than it was hers.
    send(one, "/extend")
    send(two, "/release")
    assert hold(late, slots[4], "192.0.2.7").status == 429
    daemon.restart("2026-06-29T09:20:00+09:00")
    assert slots[2]["id"] in [s["id"] for s in daemon.api.slots()]
    assert hold(late, slots[4], "192.0.2.7").status == 429
    daemon.restart("2026-06-29T10:20:00+09:00")
    assert hold(late, slots[4], "192.0.2.7").path == "/contact"


def test_changes_of_mind_shut_nobody_out(start):
    """Many phones behind one address look here and there."""
    daemon = start(conf=PROXIED + "holds_per_network = 3\n")
    slots = daemon.api.slots()
    undecided = Reader(daemon.url)
    for slot in slots[:10]:
        assert hold(undecided, slot, "192.0.2.7").path == "/contact"
    assert send(undecided, "/release").path == "/slots"
    for slot in slots[10:12]:
        other = Reader(daemon.url)
        assert hold(other, slot, "192.0.2.7").path == "/contact"
        assert send(other, "/check").path == "/done"
    # Ten minutes of thirty went by: one too many holds two to the end.
    for slot in slots[12:14]:
        assert hold(Reader(daemon.url), slot,
                    "192.0.2.7").path == "/contact"
    assert hold(Reader(daemon.url), slots[14], "192.0.2.7").status == 429


def test_guesses_at_all_numbers_end(start):
    """Five a number are many at a hundred million numbers."""
    daemon = start(conf=PROXIED)
    booking = daemon.api.book(daemon.api.slots()[0])

    def knock(code, words="いぬ いぬ いぬ", peer="192.0.2.7"):
        return daemon.api.post(f"/bookings/{code}/cancel",
                               {"passphrase": words}, X_Forwarded_For=peer)

    numbers = (f"{n:08}" for n in range(10000)
               if f"{n:08}" != booking["code"].replace("-", ""))
    told = [knock(next(numbers)).status for _ in range(121)]
    assert told == [403] * 120 + [429]
    rows = sqlite3.connect(daemon.var / "hokend.db")
    count = "SELECT count(*), sum(tries) FROM throttle"
    before = rows.execute(count).fetchone()
    assert knock(next(numbers)).headers["retry-after"] == "3600"
    locked = knock(booking["code"], booking["passphrase"])
    assert (locked.status, locked.json["code"]) == (429, "throttled")
    assert rows.execute(count).fetchone() == before
    rows.close()
    # On a page it is the answer of a locked door; elsewhere it opens.
    reader = Reader(daemon.url)
    page = reader.get("/manage")
    page = reader.open("/manage", urllib.parse.urlencode({
        "guard": page.value("guard"), "code": booking["code"],
        "words": booking["passphrase"]}).encode(),
        {"X-Forwarded-For": "192.0.2.7"})
    assert page.status == 429 and "1時間ほど" in page.text
    assert knock(booking["code"], booking["passphrase"],
                 "192.0.2.8").status == 200


def test_nothing_too_long_comes_back(daemon):
    """What strangers send is not sent back without measure."""
    body = {f"member{i}": 1 for i in range(3500)}
    answer = daemon.api.post("/bookings", body)
    assert answer.status == 422
    assert len(answer.json["errors"]) < 30
    slot = daemon.api.slots()[0]
    reader = Reader(daemon.url)
    page = reader.get(daemon.api.book(slot)["manage_url"])
    guard = reader.press(page, page.buttons[-1]).value("guard")
    for more in ({}, {"sure": "1"}):
        page = reader.post("/visit/move",
                           {"guard": guard, "slot": "(" * 20000, **more})
        assert page.status == 404
    for slot in daemon.api.slots(theme="health", from_="2026-07-01",
                                 to="2026-07-01"):
        daemon.operator.book(slot)
    page = reader.get("/waitlist?theme=health&from=2026-07-01"
                      "&until=2026-07-01")
    page = reader.press(page, "空いたら知らせてほしい")
    guard = page.value("guard")
    for more in ({}, {"sure": "1"}):
        page = reader.post("/waitlist/take",
                           {"guard": guard, "slot": "(" * 20000, **more})
        assert page.status == 404


def test_letters_and_calendars_do_not_name_the_house(daemon):
    booking = daemon.api.book(daemon.api.slots()[0], name="ゆき",
                              email="yuki@example.jp")
    end = time.monotonic() + 10
    while not (files := list(daemon.var.glob("mail/new/*"))):
        assert time.monotonic() < end
        time.sleep(0.05)
    letter = email.message_from_bytes(files[0].read_bytes())
    seen = [str(letter[name]) for name in letter]
    seen += [part.get_payload(decode=True).decode()
             for part in letter.walk() if not part.is_multipart()]
    reader = Reader(daemon.url)
    page = reader.get(booking["manage_url"])
    reader.press(page, page.buttons[-1])
    seen.append(reader.get("/visit/calendar.ics").body)
    assert any("BEGIN:VCALENDAR" in text for text in seen)
    for text in seen:
        assert "hoken" not in text.lower(), text
        assert "保健" not in text, text
