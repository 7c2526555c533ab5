"""The outbox as its people see it: what waits and what failed, trying again,
pausing, and what the office pages say about it."""
import email
import email.policy
import os
import re
import socket
import sqlite3
import time
from pathlib import Path

from conftest import HOUSE, free_port
from evil_smtp import Evil
from post import MINUTE, ROOM, until
from reader import Reader
from staff import office

MATRIX = Path(__file__).with_name("matrix.txt")


def outbox(daemon):
    answer = daemon.operator.get("/outbox")
    assert answer.status == 200, answer
    return answer.json


def failed(daemon):
    return outbox(daemon)["failed_letters"]


def actions(daemon):
    url = f"file:{daemon.var}/hokend.db?mode=ro"
    with sqlite3.connect(url, uri=True, timeout=10) as db:
        return [row[0] for row in db.execute("SELECT action FROM audit")]


def test_a_refused_letter_is_seen_and_sent_again(post, evil):
    house = post(evil.port)
    daemon = house.daemon
    evil.deeds = {"RCPT": "550 <yuki@example.jp> unknown"}
    row = house.tried(house.book())
    (letter,) = failed(daemon)
    assert (letter["id"], letter["state"], letter["error"]) == (
        str(row["id"]), "dead", "reply 550")
    assert "example.jp" not in str(outbox(daemon))
    listed = daemon.ctl("outbox").stdout
    assert "reply 550" in listed and letter["booking"] in listed
    # At the booking, and on every page of the office.
    reader = office(daemon)
    assert "届かなかったメールが1件あります" in reader.get("/staff/usage").text
    page = reader.follow(reader.get("/staff"), "メールの発送を見る")
    assert "受け取りませんでした" in page.text
    day = reader.follow(page, "予約番号 " + letter["booking"])
    assert "メールが届いていません" in day.text
    assert "yuki" not in page.text + day.text
    evil.deeds = {}
    page = reader.press(page, "もう一度送る " + letter["booking"][5:])
    assert page.path == "/staff/letters"
    until(lambda: house.row(row["id"])["state"] == "sent")
    assert failed(daemon) == []
    assert row["message_id"].encode() in evil.letters[-1]
    page = reader.get("/staff/letters")
    assert "届かなかったメールが" not in page.text
    assert actions(daemon).count("send_again") == 1
    # Once it has arrived there is nothing to send again.
    answer = daemon.operator.post(f"/outbox/{row['id']}/again", None)
    assert (answer.status, answer.json["code"]) == (409, "letter_state")
    answer = daemon.operator.post("/outbox/7/again", None)
    assert (answer.status, answer.json["code"]) == (404, "unknown_letter")


def test_every_page_of_the_office_tells_of_it(post, evil):
    house = post(evil.port)
    evil.deeds = {"RCPT": "550 no"}
    house.tried(house.book())
    reader = office(house.daemon)
    pages = re.findall(r"^GET +(/staff[^ :]*) ", MATRIX.read_text(), re.M)
    assert len(pages) > 10
    silent = [path for path in pages if "届かなかったメールが1件あります"
              not in reader.get(path + "?t=evening").text]
    assert silent == []


def test_what_is_no_longer_true_is_not_sent_again(post, evil):
    house = post(evil.port)
    evil.deeds = {"RCPT": "550 no"}
    row = house.tried(house.book())
    (letter,) = failed(house.daemon)
    reader = office(house.daemon)
    page = reader.get("/staff/letters")
    house.daemon.operator.post(f"/bookings/{letter['booking']}/cancel", {})
    page = reader.press(page, "もう一度送る " + letter["booking"][5:])
    assert page.status == 409
    assert page.title.startswith("エラー：")
    assert "予約がその後に変わっています" in page.text
    assert house.row(row["id"])["state"] == "dead"
    done = house.daemon.ctl("outbox", "again", str(row["id"]))
    assert done.returncode == 1
    assert "changed" in done.stderr


def test_a_waiting_letter_is_tried_at_once(post, evil):
    house = post(evil.port)
    evil.deeds = {"MAIL": "451 later"}
    row = house.tried(house.book())
    letter = [w for w in outbox(house.daemon)["waiting_letters"]
              if w["id"] == str(row["id"])][0]
    assert (letter["state"], letter["attempts"]) == ("due", 1)
    reminder = [w for w in outbox(house.daemon)["waiting_letters"]
                if w["kind"] == "reminder"][0]
    evil.deeds = {}
    assert house.daemon.ctl("outbox", "again", letter["id"]).returncode == 0
    until(lambda: house.row(row["id"])["state"] == "sent")
    # A reminder has its evening.
    answer = house.daemon.operator.post(f"/outbox/{reminder['id']}/again",
                                        None)
    assert (answer.status, answer.json["code"]) == (409, "letter_state")


def test_paused_letters_wait_over_a_restart(post, evil):
    house = post(evil.port)
    daemon = house.daemon
    reader = office(daemon)
    page = reader.press(reader.get("/staff/letters"), "発送を止める")
    assert "メールの発送を止めています" in page.text
    daemon.ctl("outbox", "pause")  # twice is once
    mine = house.book()
    daemon.restart()
    house.wake()
    assert outbox(daemon)["paused_at"]
    assert daemon.ctl("outbox").stdout.startswith("paused since")
    assert "メールの発送を止めています" in reader.get("/staff").text
    assert (house.row(mine)["state"], evil.letters) == ("due", [])
    page = reader.press(reader.get("/staff/letters"), "発送を始める")
    assert "止めています" not in page.text
    house.tried(mine)
    assert len(evil.letters) == 1
    assert outbox(daemon)["paused_at"] is None
    said = actions(daemon)
    assert (said.count("pause_letters"), said.count("resume_letters")) == (
        1, 1)


def test_what_is_late_is_told(post, evil, clock):
    house = post(evil.port)
    house.daemon.ctl("outbox", "pause")
    house.book()
    reader = office(house.daemon)
    assert "遅れています" not in reader.get("/staff").text
    clock(61 * MINUTE)
    assert "メール1件の発送が、1時間以上遅れています" in reader.get("/staff").text
    metrics = house.daemon.operator.connection()
    metrics.request("GET", "/metrics", headers={"Host": "localhost"})
    said = metrics.getresponse().read().decode()
    assert re.search(r"^hokend_letters_failed 0$", said, re.M)
    assert re.search(r"^hokend_letters_paused 1$", said, re.M)


def test_samples_of_every_letter(daemon):
    """In each language of letters, whatever the page's; nothing is sent and
    no link of a sample opens anything."""
    reader = office(daemon)
    page = reader.follow(reader.get("/staff/letters"), "メールの見本")
    assert "はなこさん" in page.text and "あすの予定のお知らせ" in page.text
    english = reader.follow(page, "English")
    assert "Dear Hanako," in english.text and "メールの見本" in english.text
    easy = reader.get("/staff/letters/samples?in=easy")
    assert "予約（よやく）を やめました" in easy.text
    # Advisors read no easy Japanese.
    for shown, count in (page, 12), (english, 12), (easy, 7):
        assert len(re.findall("<pre>", shown.body)) == count
        assert "/manage/" not in "".join(link for link, _ in shown.links)
    assert not (daemon.var / "mail/new").exists()


def test_a_letter_that_comes_back(post, evil, tmp_path):
    """A notification as Debian's Postfix writes it; other mail in the same
    Maildir is left to people."""
    box = tmp_path / "returned"
    for part in ("new", "cur", "tmp"):
        (box / part).mkdir(parents=True)
    house = post(evil.port, bounces=box, alarm_to="jimu@city.example.jp")
    daemon = house.daemon
    row, other = [house.tried(house.book()) for _ in range(2)]
    notice = (HOUSE / "tests/fuzz/corpus/bounce/postfix").read_text()
    late = (HOUSE / "tests/fuzz/corpus/bounce/delayed").read_text()
    known = "0123456789abcdef" * 2
    (box / "new/1.V2I3.mail").write_text(
        notice.replace(known, row["message_id"]))
    (box / "new/2.V2I3.mail").write_text(
        late.replace(known, other["message_id"]))
    (box / "new/3.V2I3.mail").write_text("Subject: hello\n\n\0\xff\n")
    daemon.restart()  # it looks at once, and then every minute
    until(lambda: len(list((box / "cur").iterdir())) == 3)
    assert not list((box / "new").iterdir())
    assert (house.row(row["id"])["state"], house.row(row["id"])["error"]) == (
        "bounced", "bounced 5.1.1")
    assert house.row(other["id"])["state"] == "sent"
    (letter,) = failed(daemon)
    reader = office(daemon)
    page = reader.get("/staff/letters")
    assert "戻ってきました" in page.text and "5.1.1" in page.text
    day = reader.follow(page, "予約番号 " + letter["booking"])
    assert "メールが届いていません" in day.text
    until(lambda: "RCPT TO:<jimu@city.example.jp>" in evil.commands)
    assert "yuki@" not in daemon.log.read_text()
    # The address may be in order again.
    assert daemon.ctl("outbox", "again", letter["id"]).returncode == 0
    until(lambda: house.row(row["id"])["state"] == "sent")


def test_what_is_no_notification_holds_nobody(post, evil, tmp_path):
    """A pipe, a socket, a directory, a loop, a file without end: the
    notification behind them is read."""
    box = tmp_path / "returned"
    for part in ("new", "cur", "tmp", "new/5.dir"):
        (box / part).mkdir(parents=True)
    house = post(evil.port, bounces=box)
    row = house.tried(house.book())
    os.mkfifo(box / "new/1.pipe")
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(box / "new/2.socket"))
    (box / "new/3.loop").symlink_to("3.loop")
    with open(box / "new/4.endless", "wb") as file:
        file.truncate(1 << 40)
    notice = (HOUSE / "tests/fuzz/corpus/bounce/postfix").read_text()
    (box / "new/6.mail").write_text(
        notice.replace("0123456789abcdef" * 2, row["message_id"]))
    began = time.monotonic()
    house.daemon.restart()
    until(lambda: house.row(row["id"])["state"] == "bounced")
    until(lambda: (box / "cur/6.mail:2,S").exists())
    assert time.monotonic() - began < 10
    # Only what nobody may open stays, and hides nothing.
    assert {p.name for p in (box / "new").iterdir()} == {
        "2.socket", "3.loop"}
    listener.close()


def test_an_address_that_is_not_there(post, evil):
    """One try; all that was written to it before ends with a word of its own,
    and raises no alarm.  The database never holds the address."""
    house = post(evil.port, alarm_to="jimu@city.example.jp",
                 smtp_connections=1)
    daemon = house.daemon
    daemon.ctl("outbox", "pause")
    mine = [house.book() for _ in range(3)]
    evil.deeds = {"RCPT": "550 5.1.1 <yuki@example.jp> who?"}
    daemon.ctl("outbox", "resume")
    until(lambda: {house.row(row)["state"] for row in mine} == {"dead"})
    errors = sorted(house.row(row)["error"] for row in mine)
    assert errors == ["reply 550 5.1.1"] + ["unreachable 5.1.1"] * 2
    until(lambda: [row["error"] for row in house.rows()
                   if row["kind"] == "alarm"] == ["reply 550 5.1.1"])
    assert evil.commands.count("RCPT TO:<yuki@example.jp>") == 1
    evil.deeds = {}
    (address,) = outbox(daemon)["unreachable_addresses"]
    assert address["status"] == "5.1.1"
    told = daemon.ctl("outbox").stdout
    assert told.count("unreachable 5.1.1") == 2
    assert "addresses at which nobody can be reached: 1" in told
    reader = office(daemon)
    page = reader.get("/staff/letters")
    assert page.text.count("届かないと分かっているため") == 2
    day = reader.follow(page, "予約番号 " + address["booking"])
    assert "メールが届いていません" in day.text
    for file in daemon.var.rglob("*"):
        if file.is_file():
            assert b"yuki@" not in file.read_bytes(), file
    # Lifted: the next is tried.
    page = reader.press(page, "また送れるようにする")
    assert "届かない宛先" not in page.text
    assert actions(daemon).count("lift_address") == 1
    answer = daemon.operator.post(f"/addresses/{address['id']}/lift", None)
    assert (answer.status, answer.json["code"]) == (404, "unknown_address")
    again = [row for row in mine if "unreach" in house.row(row)["error"]][0]
    assert daemon.ctl("outbox", "again", str(again)).returncode == 0
    until(lambda: house.row(again)["state"] == "sent")


def test_she_gives_the_address_again(post, evil):
    """Nothing tells her, or whoever uses her address, that it is known: it
    is tried as any other."""
    house = post(evil.port)
    evil.deeds = {"RCPT": "550 5.1.1 who?"}
    house.tried(house.book())
    assert outbox(house.daemon)["unreachable_addresses"]
    evil.deeds = {}
    guest = Reader(house.daemon.url)

    def contact(mail):
        page = guest.get("/slots")
        page = guest.press(page, page.slots()[-1])  # whole holds
        page = guest.press(page, "確認へ進む", mail=mail)
        assert page.path == "/check"
        return page

    known, fresh = (contact(mail).text.replace(mail, "")
                    for mail in ("yuki@example.jp", "sora@example.jp"))
    strip = re.compile(r"\d+:\d\d")
    assert strip.sub("", known) == strip.sub("", fresh)
    assert outbox(house.daemon)["unreachable_addresses"]  # not confirmed
    guest.press(contact("yuki@example.jp"), "この時間で予約する")
    until(lambda: "RCPT TO:<yuki@example.jp>" in evil.commands[-3:] or
          evil.letters)
    assert outbox(house.daemon)["unreachable_addresses"] == []


def test_a_full_mailbox_is_none_of_these(post, evil):
    house = post(evil.port)
    for reply in ("550 who?", "552 5.2.2 full", "550 5.7.1 policy",
                  "550 5.4.1 denied", "550 4.1.1 what?"):
        evil.deeds = {"RCPT": reply}
        assert house.tried(house.book())["state"] == "dead"
    assert outbox(house.daemon)["unreachable_addresses"] == []


def test_bookings_that_lost_their_hours(post, authority, tmp_path):
    """Told once, by a letter that names none; listed until settled."""
    port = free_port()
    house = post(port, alarm_to="jimu@city.example.jp")
    daemon = house.daemon
    house.book()
    (tmp_path / "short.conf").write_text(
        ROOM.replace("00:00-23:00", "00:00-00:30"))
    assert daemon.ctl("room", "load",
                      str(tmp_path / "short.conf")).returncode == 0

    def told():
        return [row for row in house.rows() if row["kind"] == "attention"]

    until(lambda: told())
    (booking,) = daemon.operator.get("/bookings").json["attention"]
    assert "outside the present hours: 1" in daemon.ctl("today").stdout
    reader = office(daemon)
    page = reader.get("/staff")
    assert "確認が必要な予約 1件" in page.text
    (there,) = [href for href, _ in page.links
                if href.endswith(booking["code"].replace("-", ""))]
    assert "いまの受付時間に入っていません" in reader.get(there).text
    back = Evil(authority.context(), port=port)
    until(lambda: told()[0]["state"] == "sent", 30)
    (letter,) = [m for m in (
        email.message_from_bytes(raw, policy=email.policy.default)
        for raw in back.letters) if m["To"] == "jimu@city.example.jp"]
    text = letter.get_body(("plain",)).get_content()
    assert daemon.url + "/staff/day" in text and booking["code"] not in text
    assert len(told()) == 1
    daemon.operator.post(f"/bookings/{booking['code']}/cancel", {})
    assert "確認が必要な予約" not in reader.get("/staff").text
    back.close()


def test_somebody_is_told_that_letters_fail(post, evil):
    """Once an hour, and a notice that fails itself raises no other."""
    house = post(evil.port, alarm_to="jimu@city.example.jp")
    evil.deeds = {"RCPT": "550 no"}
    for _ in range(2):
        assert house.tried(house.book())["state"] == "dead"

    def alarms():
        return [row for row in house.rows() if row["kind"] == "alarm"]

    until(lambda: alarms() and alarms()[0]["state"] == "dead")
    evil.deeds = {}
    assert house.tried(house.book())["state"] == "sent"
    (alarm,) = alarms()
    house.daemon.ctl("outbox", "again", str(alarm["id"]))
    until(lambda: alarms()[0]["state"] == "sent")
    assert "RCPT TO:<jimu@city.example.jp>" in evil.commands
    letter = email.message_from_bytes(evil.letters[-1],
                                      policy=email.policy.default)
    assert letter["To"] == "jimu@city.example.jp"
    text = letter.get_body(("plain",)).get_content()
    assert house.daemon.url + "/staff/letters" in text
    assert "yuki" not in text and not re.search(r"\d{4}-\d{4}", text)
