"""Every letter in every language, read strictly, and its calendar part by
three readers that others wrote: they find one meaning."""
import datetime
import email
import email.policy
import html.parser
import json
import re
import subprocess
import time

import icalendar
import pytest
import vobject
from conftest import HOUSE
from reader import Reader

STRICT = email.policy.SMTP.clone(raise_on_defect=True)
LANGUAGES = ("ja", "easy", "en")
LONG = "ゆ" * 40
DAY = "2026-07-01"


def mails(daemon, count):
    """All letters by Message-ID in the order of their writing."""
    end = time.monotonic() + 20
    while len(files := list((daemon.var / "mail").glob("new/*"))) < count:
        assert time.monotonic() < end
        time.sleep(0.02)
    files.sort(key=lambda file: file.stat().st_mtime_ns)
    return [file.read_bytes() for file in files]


@pytest.fixture(params=LANGUAGES)
def written(start, request):
    """Confirmation, change, cancellation and both reminders of one language."""
    daemon = start(rehearse="2026-06-30T12:00:00+09:00")
    slots = daemon.api.slots(theme="health", from_="2026-07-01",
                             to="2026-07-15")
    who = {"email": "a..b.@docomo.ne.jp", "name": LONG,
           "language": request.param}
    booked = daemon.api.book(slots[-1], **who)
    mails(daemon, 1)
    daemon.operator.post(f"/bookings/{booked['code']}/move",
                         {"slot": slots[-2]["id"]})
    mails(daemon, 2)
    daemon.operator.post(f"/bookings/{booked['code']}/cancel", {})
    mails(daemon, 3)
    book_with_reminder(daemon, request.param)
    mails(daemon, 4)
    daemon.restart("2026-06-30T18:00:00+09:00")
    mails(daemon, 5)
    starts = datetime.datetime.fromisoformat(slots[0]["starts_at"])
    daemon.restart((starts - datetime.timedelta(minutes=59)).isoformat())
    return request.param, mails(daemon, 6)


def book_with_reminder(daemon, lang):
    """The first free time; only her pages ask for the hour before."""
    reader = Reader(daemon.url)
    page = reader.get("/slots?theme=health")
    page = reader.press(page, page.slots()[0])
    page = reader.post("/contact", {
        "guard": page.value("guard"), "name": LONG, "lang": lang, "note": "",
        "mail": "a..b.@docomo.ne.jp", "soon": "1"})
    reader.press(page, "この時間で予約する")


def test_each_is_read_strictly(written):
    lang, letters = written
    threads = []
    for raw in letters:
        assert raw.count(b"\n") == raw.count(b"\r\n") == raw.count(b"\r")
        assert max(map(len, raw.split(b"\r\n"))) <= 78
        assert all(byte < 128 for byte in raw)
        message = email.message_from_bytes(raw, policy=STRICT)
        for name in ("From", "To", "Subject", "Date", "Message-ID",
                     "MIME-Version", "Auto-Submitted"):
            assert len(message.get_all(name)) == 1, name
        assert message["List-Unsubscribe"] is None
        assert message["To"].addresses[0].addr_spec == 'a..b.@docomo.ne.jp'
        kinds = [part.get_content_type() for part in message.walk()]
        both = ["multipart/alternative", "text/plain", "text/html"]
        assert kinds in (both, ["multipart/mixed", *both, "text/calendar",
                                "application/ics"])
        plain = message.get_body(("plain",)).get_content()
        page = message.get_body(("html",)).get_content()
        check_html(page, plain, lang, message["Subject"])
        assert LONG in plain
        threads.append((message["Message-ID"], message["In-Reply-To"],
                        message["References"]))
    first, second = threads[0][0], threads[3][0]
    assert [t[1:] for t in threads] == [
        (None, None), (first, first), (first, first), (None, None),
        (second, second), (second, second)]
    assert len({t[0] for t in threads}) == 6


def test_an_offer_is_read_strictly(start):
    """It alone can be stopped from the mail program: one address, which
    answers, in the form of RFC 2369 and RFC 8058."""
    daemon = start()
    slots = daemon.api.slots(theme="health", from_=DAY, to=DAY)
    booked = [daemon.operator.book(slot) for slot in slots]
    reader = Reader(daemon.url)
    page = reader.get(f"/waitlist?theme=health&from={DAY}&until={DAY}")
    reader.press(page, "空いたら知らせてほしい", mail="a..b.@docomo.ne.jp")
    daemon.operator.post(f"/bookings/{booked[0]['code']}/cancel", {})
    (raw,) = mails(daemon, 1)
    assert max(map(len, raw.split(b"\r\n"))) <= 78
    message = email.message_from_bytes(raw, policy=STRICT)
    assert message.get_all("List-Unsubscribe-Post") == [
        "List-Unsubscribe=One-Click"]
    (address,) = message.get_all("List-Unsubscribe")
    found = re.fullmatch(r"<(http://127\.0\.0\.1:\d+/stop/[\w-]{38})>",
                         address.strip())
    assert found and reader.get(found.group(1)).status == 200
    assert message["To"].addresses[0].addr_spec == "a..b.@docomo.ne.jp"


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_those_to_an_advisor_are_read_strictly(start, lang):
    """Each kind, to an address that must be quoted; each can be stopped."""
    daemon = start(rehearse=f"{DAY}T06:00:00+09:00")
    slots = daemon.api.slots(theme="health", from_="2026-07-02")
    daemon.operator.post("/tidings/health", {
        "email": "a..b.@docomo.ne.jp", "letters": ["notices", "digest"],
        "language": lang})
    code = daemon.api.book(slots[0])["code"]
    mails(daemon, 1)
    daemon.operator.post(f"/bookings/{code}/move", {"slot": slots[1]["id"]})
    mails(daemon, 2)
    daemon.operator.post(f"/bookings/{code}/cancel", {})
    mails(daemon, 3)
    daemon.api.book(slots[2])
    mails(daemon, 4)
    day = slots[2]["starts_at"][:10]
    hours = {"scope": "room", "from": day, "until": day}
    shown = daemon.operator.post("/closures?preview=1", hours).json
    daemon.operator.post("/closures", {**hours, "digest": shown["digest"]})
    mails(daemon, 5)
    daemon.restart(f"{DAY}T07:00:00+09:00")
    ends = set()
    for raw in mails(daemon, 6):
        assert raw.count(b"\n") == raw.count(b"\r\n") == raw.count(b"\r")
        assert max(map(len, raw.split(b"\r\n"))) <= 78
        assert all(byte < 128 for byte in raw)
        message = email.message_from_bytes(raw, policy=STRICT)
        assert message["To"].addresses[0].addr_spec == "a..b.@docomo.ne.jp"
        assert [part.get_content_type() for part in message.walk()] == [
            "multipart/alternative", "text/plain", "text/html"]
        check_html(message.get_body(("html",)).get_content(),
                   message.get_body(("plain",)).get_content(), lang,
                   message["Subject"])
        assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        ends.add(message["List-Unsubscribe"].strip())
    assert len(ends) == 2


class Words(html.parser.HTMLParser):
    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.text, self.links, self.tags = "", [], set()
        self.attributes = set()
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag == "a":
            self.links.append(dict(attrs)["href"])
        if tag == "hr":
            self.text += "--"

    def handle_data(self, data):
        self.text += data


def check_html(page, plain, lang, subject):
    """The same words; nothing that a reader would have to fetch."""
    words = Words(page)
    assert words.tags <= {"html", "head", "meta", "title", "style", "body",
                          "p", "br", "a", "hr"}
    assert words.attributes <= {"lang", "charset", "name", "content", "style",
                                "href"}
    assert "url(" not in page and "@import" not in page
    said = words.text.replace(":root{color-scheme:light dark}", "")
    squeezed = "".join((subject + plain).split())
    assert "".join(said.split()) == squeezed
    assert words.links == [line for line in plain.splitlines()
                           if line.startswith("http")]
    assert page.startswith("<!DOCTYPE html>\r\n<html lang=\"" +
                           ("en" if lang == "en" else "ja"))


def by_icalendar(text):
    calendar = icalendar.Calendar.from_ical(text)
    event, = calendar.walk("VEVENT")
    attendees = event.get("ATTENDEE", [])
    return {"method": str(calendar["METHOD"]), "uid": str(event["UID"]),
            "sequence": int(event["SEQUENCE"]),
            "begins": event["DTSTART"].dt.timestamp(),
            "ends": event["DTEND"].dt.timestamp(),
            "summary": str(event["SUMMARY"]),
            "status": str(event.get("STATUS", "")),
            "organizer": str(event["ORGANIZER"]),
            "attendees": [str(a) for a in (
                attendees if isinstance(attendees, list) else [attendees])]}


def by_vobject(text):
    calendar = vobject.readOne(text)
    event = calendar.vevent
    status = event.contents.get("status")
    return {"method": calendar.method.value, "uid": event.uid.value,
            "sequence": int(event.sequence.value),
            "begins": event.dtstart.value.timestamp(),
            "ends": event.dtend.value.timestamp(),
            "summary": event.summary.value,
            "status": status[0].value if status else "",
            "organizer": event.organizer.value,
            "attendees": [a.value for a in event.contents["attendee"]]}


def by_ical_js(text):
    done = subprocess.run(["node", HOUSE / "tests/story/ical.mjs"],
                          input=text, capture_output=True, text=True,
                          check=True)
    return json.loads(done.stdout)


def test_three_readers_find_one_meaning(written):
    _, letters = written
    seen = []
    for raw in letters[:3]:
        message = email.message_from_bytes(raw, policy=STRICT)
        part, = [p for p in message.walk()
                 if p.get_content_type() == "text/calendar"]
        text = part.get_content()
        meaning = by_icalendar(text)
        assert by_vobject(text) == meaning
        assert by_ical_js(text) == meaning
        assert part.get_param("method") == meaning["method"]
        assert meaning["attendees"] == ['mailto:"a..b."@docomo.ne.jp'] or \
            meaning["attendees"] == ["mailto:a..b.@docomo.ne.jp"]
        assert meaning["organizer"] == "mailto:yoyaku@localhost"
        seen.append(meaning)
    assert len({m["uid"] for m in seen}) == 1
    assert [m["sequence"] for m in seen] == [0, 1, 2]
    assert [m["method"] for m in seen] == ["REQUEST", "REQUEST", "CANCEL"]
    assert [m["status"] for m in seen] == ["CONFIRMED", "CONFIRMED",
                                           "CANCELLED"]
    assert all(m["ends"] > m["begins"] for m in seen)
