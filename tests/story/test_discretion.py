"""What a booking leaves behind for eyes behind her: titles, addresses, logs,
letters; and what a mail scanner does that opens every link in them."""

import re
import sqlite3
import urllib.error
import urllib.request

import pytest
from reader import Reader
from test_letters import TELLING, letters, no_telling_word, text

# Beyond those: what the room, its themes and its advisors are called.
MORE = ("悩", "女性", "ハラスメント", "更年期", "家族", "職場の人", "ワーク",
        "保健師", "助産師", "看護師", "社会福祉士", "コーチ", "コンサルタント",
        "women", "nurse", "midwife", "worry", "menopause", "family", "coach",
        "consult")


def tells(what):
    return [word for word in TELLING + MORE if word in what.lower()]


def press(reader, page, action, **fields):
    """The first button of the form that goes there, in any language."""
    button = next(b for b in page.buttons
                  if (b.form.method, b.form.action) == ("post", action))
    return reader.press(page, button, **fields)


def walk(daemon, reader):
    """All of her pages, from the hold to after the end; each of her letters
    leaves before the next change makes it stale."""
    page = press(reader, reader.get("/slots?theme=health"), "/holds")
    yield page
    yield press(reader, page, "/contact", mail="yuki@example")
    page = press(reader, page, "/contact", name="ゆき",
                 mail="yuki@example.jp")
    yield page
    yield press(reader, page, "/check")
    letters(daemon, 1)
    for path in ("/done?print", "/visit", "/visit/forget", "/manage"):
        yield reader.get(path)
    page = press(reader, reader.get("/visit/move"), "/visit/move")
    yield page
    yield press(reader, page, "/visit/move")
    letters(daemon, 2)
    yield press(reader, reader.get("/visit/cancel"), "/visit/cancel")


@pytest.mark.parametrize("lang", ["ja", "easy", "en"])
def test_nothing_tells(daemon, lang):
    reader = Reader(daemon.url, lang)
    for page in walk(daemon, reader):
        assert page.status in (200, 422), page.text
        assert not tells(page.title), page.title
        assert not tells(page.url), page.url
        assert page.headers["Cache-Control"] == "no-store"
        for line in page.headers.values():
            assert not tells(line), line
    for message in letters(daemon, 3).values():
        no_telling_word(message)
        assert not tells(text(message))
        for part in message.walk():
            assert not tells(part.get_filename() or "")
    log = daemon.log.read_text()
    assert "yuki" not in log and "ゆき" not in log and not tells(log)


def dump(daemon):
    """All rows but those that time alone writes."""
    database = sqlite3.connect(f"file:{daemon.var}/hokend.db?mode=ro",
                               uri=True)
    rows = [line for line in database.iterdump()
            if not re.match(r'INSERT INTO "?(mark|offered|outbox)"?\b', line)]
    database.close()
    return rows


def scan(url):
    """GET and HEAD, twice, without a cookie, as programs do."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    for method in ("GET", "HEAD") * 2:
        try:
            with opener.open(urllib.request.Request(url, method=method),
                             timeout=10) as answer:
                assert answer.status == 200
                assert "Set-Cookie" not in answer.headers
                yield answer.read().decode()
        except urllib.error.HTTPError as error:
            raise AssertionError(f"{method} {url}: {error.status}") from error


def test_a_scanner_changes_nothing(daemon):
    first, second = daemon.api.slots(theme="health")[:2]
    booked = daemon.api.book(first, email="yuki@example.jp", name="ゆき")
    letters(daemon, 1)
    daemon.api.post(f"/bookings/{booked['code']}/move", {
        "slot": second["id"], "passphrase": booked["passphrase"]})
    found = letters(daemon, 2)
    links = {link for message in found.values()
             for part in message.walk() if not part.is_multipart()
             for link in re.findall(r"http[^\s\"<>\\]+",
                                    part.get_payload(decode=True).decode())}
    assert len(links) >= 1
    before = dump(daemon)
    for link in sorted(links):
        assert link.startswith(daemon.url), link
        for body in scan(link):
            assert not tells(body) and booked["code"] not in body
            assert "13:00" not in body and "14:00" not in body
    assert dump(daemon) == before
    for link in sorted(links):      # and she can still use each
        reader = Reader(daemon.url)
        page = reader.get(link.removeprefix(daemon.url))
        page = reader.press(page, page.buttons[-1])
        assert (page.status, page.path) == (200, "/visit")
        assert booked["code"] in page.text
