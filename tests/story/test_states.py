"""What pages show only now and then, in all languages, as the eye sees it
(eye.py): times that are gone, holds that lapse, links that open nothing."""

import re
import sqlite3

from eye import eye, go, look, press, visit  # noqa: F401
from post import ROOM, until
from test_browser import By, WebDriverWait, chromium, type_into  # noqa: F401
from test_waitlist import cancel, fill, plain, read, wait_for

WEDNESDAY = "2026-07-01"
NAME = "𠮷田 雪👩‍👩‍👧‍👧（よしだ ゆき）と、たいへん長い呼び名の人"
CARRIER = "a..very-long-address-of-hers.b@docomo.ne.jp"
NOTE = "長い言葉" * 20 + "\n\n" + "w" * 90


def to_contact(eye, daemon, path="/slots?theme=health"):
    eye.get(daemon.url + path)
    go(eye, "button.slot")


def to_done(eye, daemon, path="/slots?theme=health"):
    to_contact(eye, daemon, path)
    go(eye)
    go(eye)


def opens(eye, daemon, booked):
    """Her link, up to the visit behind it."""
    eye.get(daemon.url + "/manage/" + booked["manage_url"].rsplit("/", 1)[1])


def test_an_empty_house(eye, start, tmp_path):
    room = tmp_path / "room.conf"
    room.write_text(ROOM[:ROOM.index("opening")])
    visit(eye, start(room=room), "/", "/slots", "/slots?theme=health&long=1")


def test_times_that_are_gone(eye, daemon):
    eye.get(daemon.url + "/slots?theme=health")
    slot = eye.find_element(
        By.CSS_SELECTOR, "button.slot").get_attribute("value")
    daemon.api.book({"id": slot})
    press(eye, "button.slot", value=slot)       # taken
    visit(eye, daemon, "/holds")                # no page
    eye.get(daemon.url + "/slots")
    press(eye, "button.slot", value="1-1")      # none of ours
    eye.get(daemon.url + "/slots")
    eye.execute_script("document.querySelector('[name=guard]').value = 'x'")
    press(eye, "button.slot")                   # not from our page
    day = {"scope": "room", "from": WEDNESDAY, "until": WEDNESDAY}
    seen = daemon.operator.post("/closures?preview=1", day).json
    daemon.operator.post("/closures", {**day, "digest": seen["digest"]})
    eye.get(daemon.url + "/slots")
    press(eye, "button.slot", value=slot)       # closed
    daemon.restart("2026-07-03T09:00:00+09:00")
    eye.get(daemon.url + "/slots")
    press(eye, "button.slot", value=slot)       # over


def test_a_hold_that_lapses(eye, daemon):
    to_contact(eye, daemon)
    press(eye, "[formaction='/extend']")
    daemon.restart("2026-06-29T09:25:00+09:00")
    visit(eye, daemon, "/contact", "/check")
    daemon.api.book(daemon.api.slots(theme="health")[0])
    press(eye)
    eye.get(daemon.url + "/slots?theme=money")
    go(eye, "button.slot")
    go(eye, "[formaction='/release']")
    visit(eye, daemon, "/check")                # nothing is hers


def test_too_many(eye, start):
    daemon = start(conf="holds_per_network = 3\nbookings_per_network = 1\n")
    to_done(eye, daemon)
    to_contact(eye, daemon)
    go(eye)
    press(eye)                                  # kept, not booked
    for _ in range(3):
        eye.get(daemon.url + "/slots?theme=money")
        go(eye, "button.slot")
    look(eye)


def test_long_words(eye, daemon):
    to_contact(eye, daemon, "/slots?channel=online")
    eye.execute_script("""
        const [name, mail, note] = arguments
        Object.entries({name, mail, note}).forEach(([key, text]) =>
            document.getElementById(key).value = text)
        document.querySelectorAll('[type=checkbox]').forEach(
            box => { box.closest('details').open = box.checked = true })""",
        NAME, CARRIER, NOTE)
    press(eye)
    press(eye)
    press(eye, "form[action='/done/answers'] button")
    visit(eye, daemon, "/done?print", "/visit")
    eye.execute_script("""
        const note = document.getElementById('note')
        note.closest('details').open = true
        note.value = 'x'.repeat(1001)""")
    press(eye, "form[action='/visit/note'] button")
    eye.get(daemon.url + "/visit")
    press(eye, "form[action='/visit/letter'] button")


def test_coming_back(eye, daemon):
    booked = daemon.api.book(daemon.api.slots(theme="health")[0],
                             email="yuki@example.jp")
    opens(eye, daemon, booked)
    look(eye)
    press(eye)
    for tries in range(6):
        eye.execute_script("document.querySelector("
                           "'[name=words]').closest('details').open = true")
        type_into(eye, "words", "いぬ いぬ いぬ")
        go(eye, "form[action='/visit/reveal'] button")
        if tries in (0, 5):                     # wrong, then locked
            look(eye)
    visit(eye, daemon, "/visit/move", "/visit/cancel")
    daemon.restart("2026-07-01T13:20:00+09:00")
    visit(eye, daemon, "/visit")                # now
    daemon.restart("2026-07-01T15:20:00+09:00")
    visit(eye, daemon, "/visit")                # over
    daemon.operator.post(f"/bookings/{booked['code']}/outcome",
                         {"outcome": "attended"})
    visit(eye, daemon, "/visit", "/visit/forget")
    daemon.restart("2026-07-04T09:00:00+09:00")
    opens(eye, daemon, booked)                  # too late
    look(eye)


def letters(daemon, count):
    path = daemon.var / "mail/new"
    until(lambda: len(list(path.glob("*"))) >= count)
    return [read(file) for file in path.glob("*")]


def offered(eye, daemon, mail="yuki@example.jp"):
    """A wish of hers that has an offer."""
    eye.get(daemon.url + f"/waitlist?theme=health&from={WEDNESDAY}"
            f"&until={WEDNESDAY}")
    type_into(eye, "mail", mail)
    go(eye)


def until_offered(eye, daemon):
    WebDriverWait(eye, 30).until(lambda e: e.get(
        daemon.url + "/waitlist/wish") or e.find_elements(
            By.CSS_SELECTOR, ".hold .btn"))


def test_offers(eye, daemon):
    booked = fill(daemon, WEDNESDAY)
    offered(eye, daemon)
    cancel(daemon, booked[0])
    until_offered(eye, daemon)
    go(eye, ".hold .btn")
    offer = eye.current_url
    daemon.restart("2026-06-29T12:00:00+09:00")
    eye.get(offer)
    look(eye)                                   # too late to answer
    daemon.restart("2026-07-02T09:00:00+09:00")
    visit(eye, daemon, "/waitlist/wish")        # the day is over


def unanswered(daemon):
    url = f"file:{daemon.var}/hokend.db?mode=ro"
    with sqlite3.connect(url, uri=True, timeout=10) as db:
        return db.execute("SELECT sum(unanswered) FROM waitlist").fetchone()[0]


def test_offers_that_nobody_answers(eye, daemon):
    booked = fill(daemon, WEDNESDAY)
    offered(eye, daemon)
    for n in range(3):
        cancel(daemon, booked[n])
        letters(daemon, n + 1)
        daemon.restart(f"2026-06-29T{12 + 3 * n}:00:00+09:00")
        until(lambda: unanswered(daemon) == n + 1)
    visit(eye, daemon, "/waitlist/wish")        # nothing is kept any more


def test_shared_offers(eye, start):
    daemon = start(rehearse="2026-07-01T11:30:00+09:00")
    booked = fill(daemon, WEDNESDAY)
    offered(eye, daemon)
    other, _ = wait_for(daemon, "hana@example.jp")
    cancel(daemon, booked[0])
    until(lambda: "/offers/" in other.get("/waitlist/wish").body)
    hers = re.search("/offers/[^\"]*", other.get("/waitlist/wish").body)[0]
    until_offered(eye, daemon)
    look(eye)
    press(eye, ".hold .btn")
    offer = eye.current_url
    go(eye, "[value=take]")
    eye.get(offer)
    look(eye)                                   # hers already
    eye.delete_all_cookies()
    visit(eye, daemon, hers)                    # somebody else's


def test_a_time_to_move_to(eye, daemon):
    booked = fill(daemon, WEDNESDAY)
    to_contact(eye, daemon)
    type_into(eye, "mail", "yuki@example.jp")
    go(eye)
    go(eye)
    eye.get(daemon.url + "/visit")
    press(eye, "form[action='/visit/earlier'] button")
    cancel(daemon, booked[0])
    (path,) = {re.search(r"/offers/\S+", plain(letter))[0]
               for letter in letters(daemon, 2)
               if "/offers/" in plain(letter)}
    visit(eye, daemon, path)
