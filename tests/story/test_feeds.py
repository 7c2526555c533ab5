"""Advisors' calendars: what a subscribing program gets."""
import re
import sqlite3
import urllib.error
import urllib.request

import icalendar

from staff import office


def fetch(url, **headers):
    request = urllib.request.Request(
        url, headers={k.replace("_", "-"): v for k, v in headers.items()})
    try:
        return urllib.request.urlopen(request)
    except urllib.error.HTTPError as error:
        return error


def feed_of(daemon, profession):
    page = office(daemon).get("/staff/feeds")
    section = page.text.split(profession)[1]
    return re.search(r"http://\S+\.ics", section).group()


def events(feed):
    body = feed.read().decode()
    assert all(len(line.encode()) <= 75 for line in body.split("\r\n"))
    calendar = icalendar.Calendar.from_ical(body)
    return calendar, calendar.walk("VEVENT")


def test_a_booking_comes_moves_and_goes(daemon):
    url = feed_of(daemon, "保健師")
    one, other = daemon.api.slots(theme="health")[:2]
    calendar, found = events(fetch(url))
    assert found == []
    assert "METHOD" not in calendar
    assert calendar["REFRESH-INTERVAL"] == "PT15M"

    booked = daemon.api.book(one, name="ゆき", note="はじめてです")
    feed = fetch(url)
    etag, modified = feed.headers["ETag"], feed.headers["Last-Modified"]
    assert feed.headers["Content-Type"] == "text/calendar; charset=utf-8"
    _, (entry,) = events(feed)
    assert entry["SUMMARY"] == f"予約 {booked['code'][-4:]} 対面"
    assert entry["DTSTART"].dt.isoformat() == one["starts_at"]
    assert "ATTENDEE" not in entry and "DESCRIPTION" not in entry
    assert fetch(url, If_None_Match=etag).status == 304
    assert fetch(url, If_Modified_Since=modified).status == 304

    daemon.api.post(f"/bookings/{booked['code']}/move",
                    {"slot": other["id"], "passphrase": booked["passphrase"]})
    feed = fetch(url, If_None_Match=etag)
    assert feed.status == 200
    _, (moved,) = events(feed)
    assert moved["UID"] == entry["UID"]
    assert moved["SEQUENCE"] == entry["SEQUENCE"] + 1
    assert moved["DTSTART"].dt.isoformat() == other["starts_at"]

    daemon.api.post(f"/bookings/{booked['code']}/cancel",
                    {"passphrase": booked["passphrase"]})
    _, found = events(fetch(url))
    assert found == []


def test_equal_bookings_are_equal_bytes(daemon):
    url = feed_of(daemon, "保健師")
    daemon.api.book(daemon.api.slots(theme="health")[0])
    first = fetch(url).read()
    daemon.restart("2026-06-29T12:00:00+09:00")
    assert fetch(url).read() == first


def test_a_year_of_a_busy_advisor(start):
    """Programs that take no gzip get all of it; a mebibyte is the end."""
    daemon = start()
    url = feed_of(daemon, "保健師")
    daemon.api.book(daemon.api.slots(theme="health")[0])
    daemon.stop()
    database = sqlite3.connect(daemon.var / "hokend.db")
    columns = [row[1] for row in
               database.execute("PRAGMA table_info(booking)")]
    values = [{"id": "id + n", "code": "code + n", "uid": "uid || n"}
              .get(name, name) for name in columns]
    database.execute(
        "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t"
        f" WHERE n < 1200) INSERT INTO booking ({', '.join(columns)})"
        f" SELECT {', '.join(values)} FROM booking, t")
    database.commit()
    database.close()
    daemon.begin("2026-06-29T10:00:00+09:00")
    body = fetch(url).read()
    assert len(body) > 256 << 10 and body.count(b"BEGIN:VEVENT") == 1201
    assert fetch(url, If_None_Match=fetch(url).headers["ETag"]).status == 304


def test_a_feed_opens_for_its_token_only(daemon):
    url = feed_of(daemon, "保健師")
    last = "Q" if url[-5] == "A" else "A"
    for wrong in (url[:-5] + last + ".ics", url[:-4], url + "x",
                  re.sub(r"feeds/..", "feeds/AA", url),
                  daemon.url + "/feeds/.ics", daemon.url + "/feeds/x.ics"):
        assert fetch(wrong).status == 404, wrong
    assert fetch(url.replace("feeds/", "manage/")).status in (200, 404)
