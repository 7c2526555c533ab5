"""Letters as a mail program reads them, in the Maildir of a first run."""
import datetime
import email
import email.policy
import re
import time

import icalendar
import pytest
from post import rows
from reader import Reader

TELLING = ("保健室", "相談", "キャリア", "健康", "起業", "コミュニケーション", "お金",
           "infirmary", "career", "counsel", "health", "advis")
STRICT = email.policy.default.clone(raise_on_defect=True)


def letters(daemon, count):
    """The letters of the Maildir by subject, once there are `count`."""
    return {m["Subject"]: m for m in all_letters(daemon, count)}


def all_letters(daemon, count):
    end = time.monotonic() + 20
    while time.monotonic() < end:
        files = list((daemon.var / "mail/new").glob("*"))
        if len(files) >= count:
            break
        time.sleep(0.05)
    assert len(files) == count
    read = [email.message_from_bytes(f.read_bytes(), policy=STRICT)
            for f in files]
    for message in read:
        list(message.walk())
    return read


def parts(message, content_type):
    return [p for p in message.walk() if p.get_content_type() == content_type]


def text(message):
    return parts(message, "text/plain")[0].get_content()


def event(message):
    calendar = icalendar.Calendar.from_ical(
        parts(message, "text/calendar")[0].get_content())
    return calendar, calendar.walk("VEVENT")[0]


def book(daemon, slot, **more):
    return daemon.api.book(slot, email="yuki@example.jp", name="ゆき", **more)


def no_telling_word(message):
    shown = (message["From"] + message["Subject"] +
             "".join(p.get_content() for p in parts(message, "text/plain") +
                     parts(message, "text/calendar")))
    for word in TELLING:
        assert word not in shown.lower(), word


def test_from_confirmation_to_cancellation(start):
    daemon = start()
    first, second = daemon.api.slots(theme="health", from_="2026-07-08",
                                     to="2026-07-15")[:2]
    booked = book(daemon, first)
    confirmation = letters(daemon, 1)["ご予約の控え"]
    moved = daemon.api.post(f"/bookings/{booked['code']}/move",
                            {"slot": second["id"],
                             "passphrase": booked["passphrase"]})
    assert moved.status == 200, moved
    changed = letters(daemon, 2)["日時の変更の控え"]
    cancelled = daemon.api.post(f"/bookings/{booked['code']}/cancel",
                                {"passphrase": booked["passphrase"]})
    assert cancelled.status == 200, cancelled
    cancellation = letters(daemon, 3)["取りやめの控え"]

    assert booked["code"] in text(confirmation)
    assert booked["manage_url"] in text(confirmation)
    assert booked["manage_url"] not in text(cancellation)
    uids, sequences = set(), []
    for message, method, slot in (
            (confirmation, "REQUEST", first), (changed, "REQUEST", second),
            (cancellation, "CANCEL", second)):
        no_telling_word(message)
        assert booked["passphrase"] not in text(message)
        assert message["To"] == "yuki@example.jp"
        assert message["Auto-Submitted"] == "auto-generated"
        part = parts(message, "text/calendar")[0]
        assert part.get_param("method") == method
        calendar, entry = event(message)
        assert calendar["METHOD"] == method
        assert entry["SUMMARY"] == "予定"
        assert entry["DTSTART"].dt.isoformat() == slot["starts_at"]
        assert entry["ATTENDEE"] == "mailto:yuki@example.jp"
        assert parts(message, "application/ics")[0].get_content() == \
            part.get_content().encode()
        uids.add(entry["UID"])
        sequences.append(entry["SEQUENCE"])
    assert len(uids) == 1
    assert sequences == [0, 1, 2]
    assert len({m["Message-ID"]
                for m in (confirmation, changed, cancellation)}) == 3


def test_english(start):
    daemon = start()
    slot = daemon.api.slots(theme="money")[0]
    daemon.api.book(slot, email="anna@example.jp", name="Anna", language="en")
    message = letters(daemon, 1)["Your booking"]
    no_telling_word(message)
    assert not re.search("[\u3040-\u30ff]", text(message))
    assert event(message)[1]["SUMMARY"] == "Appointment"


def test_easy_japanese(start):
    """Readings stand in parentheses, and nothing tells what it is about."""
    daemon = start()
    slot = daemon.api.slots(theme="money")[0]
    daemon.api.book(slot, email="an@example.jp", name="An", language="easy")
    message = letters(daemon, 1)["予約（よやく）の お知（し）らせ"]
    no_telling_word(message)
    assert "日（ひ）にち：2026年（ねん） 7月（しちがつ） 2日（ふつか）" in text(message)
    assert "13:00から 14:00まで（会（あ）う）" in text(message)
    assert not re.search("[{|<]", text(message).split("http")[0])
    assert event(message)[1]["SUMMARY"] == "予定（よてい）"


def check(daemon, mail, theme="health", **wishes):
    """A first free time of that theme, as far as the check."""
    reader = Reader(daemon.url)
    page = reader.get(f"/slots?theme={theme}")
    page = reader.press(page, page.slots()[0])
    page = reader.post("/contact", {
        "guard": page.value("guard"), "name": "", "mail": mail,
        "lang": "ja", "note": "", **wishes})
    assert page.path == "/check"
    return reader, page


def test_details_by_wish(start):
    """She may have her letters say more; their subject never does, and the
    next visit is silent again."""
    daemon = start()
    for wish, mail in (True, "yuki@example.jp"), (False, "hana@example.jp"):
        reader, page = check(daemon, mail, **({"details": "1"} if wish else {}))
        assert ("話題、相談員、場所も書く" in page.text) == wish
        assert ("日時と予約番号だけ" in page.text) != wish
        # Going back keeps it.
        kept = reader.get("/contact").button("確認へ進む").form.fields
        assert (("details", "1") in kept) == wish
        reader.press(page, "この時間で予約する")
    said = {message["To"]: message for message in all_letters(daemon, 2)}
    full = said["yuki@example.jp"]
    assert "話題　：健康のこと" in text(full)
    assert "相談員：保健師・助産師・看護師" in text(full)
    assert "場所　：総合庁舎" in text(full)
    assert full["Subject"] == "ご予約の控え"
    assert event(full)[1]["SUMMARY"] == "予定"
    no_telling_word(said["hana@example.jp"])


@pytest.mark.parametrize("name", [
    "https://evil.example/", "evil.example/now", "mail me@evil.example"])
def test_a_name_is_no_way_to_send_links(start, name):
    daemon = start()
    slot = daemon.api.slots(theme="money")[0]
    daemon.api.book(slot, email="anna@example.jp", name=name)
    assert "evil" not in text(letters(daemon, 1)["ご予約の控え"])


def test_no_address_no_letter(start):
    daemon = start()
    one, other = daemon.api.slots(theme="health")[:2]
    daemon.api.book(one)
    book(daemon, other)
    letters(daemon, 1)


def test_reminder_comes_once_on_the_evening_before(start):
    """Also across restarts, and not again after another."""
    daemon = start(rehearse="2026-06-30T12:00:00+09:00")
    slot = daemon.api.slots(theme="health", from_="2026-07-01",
                            to="2026-07-01")[0]
    book(daemon, slot)
    letters(daemon, 1)
    daemon.restart("2026-06-30T17:59:57+09:00")
    letters(daemon, 1)
    reminder = letters(daemon, 2)["あすの予定のお知らせ"]
    no_telling_word(reminder)
    assert parts(reminder, "text/calendar") == []
    assert reminder["Date"].startswith("Tue, 30 Jun 2026 18:00")
    daemon.restart("2026-06-30T19:00:00+09:00")
    time.sleep(1.5)
    letters(daemon, 2)


def test_reminder_an_hour_before_by_wish(start):
    """Beside that of the evening, once, over a restart, as neutral."""
    daemon = start(rehearse="2026-06-30T12:00:00+09:00")
    slot = daemon.api.slots(theme="health", from_="2026-07-01")[0]
    book(daemon, slot)
    reader, page = check(daemon, "hana@example.jp", soon="1")
    assert "始まる1時間前にもお知らせを受け取る" in page.text
    assert ("soon", "1") in reader.get("/contact").button(
        "確認へ進む").form.fields
    reader.press(page, "この時間で予約する")
    letters(daemon, 2)
    row, = rows(daemon, "soon")
    daemon.restart("2026-07-01T09:00:00+09:00")
    letters(daemon, 4)
    due = datetime.datetime.fromtimestamp(row["due_at"], datetime.UTC)
    assert row["not_after"] - row["due_at"] == 45 * 60
    daemon.restart((due - datetime.timedelta(seconds=2)).isoformat())
    letters(daemon, 4)
    soon = letters(daemon, 5)["まもなく始まる予定のお知らせ"]
    assert soon["To"] == "hana@example.jp"
    no_telling_word(soon)
    assert parts(soon, "text/calendar") == []
    daemon.restart((due + datetime.timedelta(seconds=20)).isoformat())
    time.sleep(1)
    letters(daemon, 5)


def test_no_reminder_of_what_was_cancelled(start):
    daemon = start(rehearse="2026-06-30T12:00:00+09:00")
    slot = daemon.api.slots(theme="health", from_="2026-07-01",
                            to="2026-07-01")[0]
    booked = book(daemon, slot)
    letters(daemon, 1)
    daemon.api.post(f"/bookings/{booked['code']}/cancel",
                    {"passphrase": booked["passphrase"]})
    letters(daemon, 2)
    daemon.restart("2026-06-30T18:00:00+09:00")
    time.sleep(1.5)
    letters(daemon, 2)


@pytest.mark.parametrize("public, status", [("", 200), ("http://x.jp", 404)])
def test_letters_are_shown_in_a_first_run_only(start, public, status):
    import urllib.request
    import urllib.error
    daemon = start(conf=f'public_url = "{public}"\n')
    request = urllib.request.Request(daemon.url + "/mail")
    if public:
        request.add_header("Host", "x.jp")
    try:
        answer = urllib.request.urlopen(request)
    except urllib.error.HTTPError as error:
        answer = error
    assert answer.status == status
