"""What she adds to a visit that stays as it is: a note thought of later, the
letter once more."""

import email
import email.policy
import time

import pytest
from reader import Reader
from test_booking_pages import book

ADD, KEEP = "ひとことを添える", "このひとことにする"
AGAIN = "控えのメールをもう一度送る"
NOTE = "はじめてなので、ゆっくり話したいです。\n資料を持っていきます。"


@pytest.fixture
def reader(daemon):
    return Reader(daemon.url)


def taken(daemon):
    """The next letter, taken out of the Maildir as a mail program would."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        for file in (daemon.var / "mail/new").glob("*"):
            message = email.message_from_bytes(
                file.read_bytes(), policy=email.policy.default)
            file.unlink()
            return message
        time.sleep(0.05)
    raise AssertionError("no letter")


def test_a_note_is_added_later(daemon, reader):
    book(reader)
    page = reader.get("/visit")
    assert ADD in page.text
    page = reader.press(page, KEEP, note=NOTE)
    assert (page.status, page.path) == (200, "/visit")
    assert "ひとことを残しました" in page.text
    assert page.value("note").replace("\r", "") == NOTE
    assert "書きなおす" in page.text
    page = reader.press(page, KEEP, note="")
    assert ADD in page.text, "and it can be taken back"
    for path in daemon.var.glob("hokend.db*"):
        assert "ゆっくり".encode() not in path.read_bytes()


def test_a_long_note_is_named_and_kept(reader):
    book(reader)
    page = reader.press(reader.get("/visit"), KEEP, note="あ" * 1001)
    assert page.status == 422 and page.title.startswith("エラー：")
    assert 'href="#note"' in page.body and "1000" in page.text
    assert page.value("note") == "あ" * 1001
    page = reader.press(page, KEEP, note="あ" * 1000)
    assert page.status == 200


def test_a_link_alone_opens_no_note(daemon, reader):
    book(reader, mail="yuki@example.jp")
    link = next(word for word in taken(daemon).get_body(
        ("plain",)).get_content().split() if word.startswith("http"))
    other = Reader(daemon.url)
    page = other.get(link.removeprefix(daemon.url))
    page = other.press(page, page.buttons[-1])
    assert page.path == "/visit" and 'name="note"' not in page.body
    page = other.post("/visit/note", [
        ("guard", page.value("guard")), ("note", "x")])
    assert page.path == "/visit"
    assert ADD in reader.get("/visit").text, "nothing was written"


def test_the_letter_comes_again_but_not_for_ever(daemon, reader):
    book(reader, mail="yuki@example.jp")
    first = taken(daemon)
    page = reader.get("/visit")
    for _ in range(2):
        page = reader.press(page, AGAIN)
        assert "もう一度お送りします" in page.text
        again = taken(daemon)
        assert again["Message-ID"] == first["Message-ID"]
        assert again["Subject"] == first["Subject"] == "ご予約の控え"
    page = reader.press(page, AGAIN)
    assert "さきほどお送りしています" in page.text
    # After a move it is the letter of the new time.
    moving = reader.get("/visit/move")
    moving = reader.press(moving, moving.slots()[-1])
    reader.press(moving, "この時間に変える")
    assert taken(daemon)["Subject"] == "日時の変更の控え"


def test_without_an_address_there_is_nothing_to_send(reader):
    book(reader)
    page = reader.get("/visit")
    assert AGAIN not in page.text
    page = reader.post("/visit/letter", [("guard", page.value("guard"))])
    assert "もう一度お送りします" not in page.text
