"""Letters by SMTP in real time: to aiosmtpd with STARTTLS and AUTH, and to a
server that goes wrong at each step."""
import email
import email.policy
import subprocess
import time

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from conftest import HOKEND, HOUSE, free_port
from evil_smtp import (BARE, DROP, PASSWORD, STALL, USER, Authority, Evil)
from post import DAY, MINUTE, PATIENCE_S, until

STRICT = email.policy.SMTP.clone(raise_on_defect=True)


class Keeper:
    """Handler of aiosmtpd: keeps each message with its envelope."""

    def __init__(self):
        self.kept = []
        self.sessions = set()
        self.names = set()

    async def handle_DATA(self, server, session, envelope):
        self.kept.append(envelope)
        self.sessions.add(session.peer)
        self.names.add(session.host_name)
        assert session.authenticated and session.ssl
        return "250 kept"


@pytest.fixture
def keeper(authority):
    def check(server, session, envelope, mechanism, data):
        right = (data.login, data.password) == (USER.encode(),
                                                PASSWORD.encode())
        return AuthResult(success=right, handled=False)

    handler = Keeper()
    handler.port = free_port()
    controller = Controller(
        handler, hostname="127.0.0.1", port=handler.port,
        tls_context=authority.context(), require_starttls=True,
        auth_required=True, authenticator=check)
    controller.start()
    yield handler
    controller.stop()


def message_id(letter):
    return email.message_from_bytes(letter, policy=STRICT)["Message-ID"]


def test_letters_arrive(post, keeper):
    house = post(keeper.port)
    row = house.tried(house.book("yuki@example.jp"))
    assert (row["state"], row["letter"], row["error"]) == ("sent", None, "")
    row = house.tried(house.book("a..b.@docomo.ne.jp"))
    assert row["state"] == "sent"
    plain, quoted = keeper.kept
    assert plain.mail_from == "yoyaku@example.jp"
    assert plain.rcpt_tos == ["yuki@example.jp"]
    assert quoted.rcpt_tos == ["a..b.@docomo.ne.jp"]
    message = email.message_from_bytes(plain.content, policy=STRICT)
    assert message["To"] == "yuki@example.jp"
    assert message.get_body(("plain",)).get_content().strip()
    assert row["message_id"] in message_id(quoted.content)
    assert keeper.names == {"127.0.0.1"}
    assert not (house.daemon.var / "mail/new").exists()
    assert "example.jp" not in house.daemon.log.read_text()


def test_the_wire(post, evil):
    """Dots that RFC 5321 wants quoted, for an old carrier's address."""
    house = post(evil.port, public_url="https://yoyaku.example.jp:8443")
    house.tried(house.book("a..b.@docomo.ne.jp"))
    auth = [c for c in evil.commands if c.startswith("AUTH")]
    assert len(auth) == 1
    assert [c for c in evil.commands if c not in auth] == [
        "EHLO yoyaku.example.jp", "STARTTLS", "EHLO yoyaku.example.jp",
        f"MAIL FROM:<yoyaku@example.jp> SIZE={len(evil.letters[0])}",
        'RCPT TO:<"a..b."@docomo.ne.jp>', "DATA", "QUIT"]


def test_a_wrong_password_waits(post, keeper):
    house = post(keeper.port, password="wrong")
    row = house.refused(house.book())
    assert (row["state"], row["error"]) == ("due", "login 535")
    assert keeper.kept == []


# What happens at a step, and what the row says afterwards.  "away": due again
# as soon as the server is back, without having had a try.
CASES = [
    ("connect", "421 busy", "away", "greeting 421"),
    ("connect", "554 nobody", "away", "greeting 554"),
    ("connect", "what?", "away", "silence"),
    ("connect", DROP, "away", "lost"),
    ("connect", STALL, "away", "silence"),
    ("EHLO", "421 busy", "away", "greeting 421"),
    ("EHLO", "550 no", "away", "greeting 550"),
    ("EHLO", DROP, "away", "lost"),
    ("EHLO", STALL, "away", "silence"),
    ("EHLO", BARE, "away", "tls"),
    ("STARTTLS", "454 not now", "away", "tls 454"),
    ("STARTTLS", "502 never", "away", "tls 502"),
    ("STARTTLS", DROP, "away", "lost"),
    ("STARTTLS", STALL, "away", "silence"),
    ("tls", "no handshake", "away", "tls"),
    ("tls", DROP, "away", "tls"),
    ("tls", STALL, "away", "silence"),
    ("AUTH", "454 not now", "away", "login 454"),
    ("AUTH", "535 no", "away", "login 535"),
    ("AUTH", DROP, "away", "lost"),
    ("AUTH", STALL, "away", "silence"),
    ("MAIL", "451 later", "due", "reply 451"),
    ("MAIL", "530 who?", "away", "reply 530"),
    ("MAIL", "550 no", "dead", "reply 550"),
    ("MAIL", "what?", "due", "silence"),
    ("MAIL", DROP, "due", "lost"),
    ("MAIL", STALL, "due", "silence"),
    ("RCPT", "450 greylisted", "due", "reply 450"),
    ("RCPT", "421 bye", "due", "reply 421"),
    ("RCPT", "550 <yuki@example.jp> unknown", "dead", "reply 550"),
    ("RCPT", "what?", "due", "silence"),
    ("RCPT", DROP, "due", "lost"),
    ("RCPT", STALL, "due", "silence"),
    ("DATA", "451 later", "due", "reply 451"),
    ("DATA", "554 no", "dead", "reply 554"),
    ("DATA", "what?", "due", "silence"),
    ("DATA", DROP, "due", "lost"),
    ("DATA", STALL, "due", "silence"),
    ("end", "452 full", "due", "reply 452"),
    ("end", "554 spam", "dead", "reply 554"),
    ("end", "what?", "due", "unknown silence"),
    ("end", DROP, "due", "unknown lost"),
    ("end", STALL, "due", "unknown silence"),
    ("QUIT", "500 what?", "sent", ""),
    ("QUIT", DROP, "sent", ""),
    ("QUIT", STALL, "sent", ""),
]


def test_each_fault_has_its_state(post, evil):
    house = post(evil.port, patience_s=1)
    wrong = []
    for step, deed, state, error in CASES:
        evil.deeds = {step: deed}
        evil.letters.clear()
        mine = house.book()
        row = house.refused(mine) if state == "away" else house.tried(mine)
        evil.deeds = {}
        wait_s = row["next_at"] - time.time()
        waits = {"away": -1 <= wait_s <= 2, "due": 290 <= wait_s <= 300}
        right = ((row["state"], row["error"]) == (
                    state.replace("away", "due"), error) and
                 row["attempts"] == (state != "away") and
                 (row["letter"] is not None) == (state == "due") and
                 waits.get(state, True) and
                 len(evil.letters) == (step in ("end", "QUIT")))
        if not right:
            wrong.append((step, deed, row["state"], row["error"], wait_s,
                          row["attempts"], len(evil.letters)))
        if state == "away":
            until(lambda: house.row(mine)["state"] == "sent")
            assert len(evil.letters) == 1
    assert not wrong
    log = house.daemon.log.read_text()
    assert "example.jp" not in log
    assert 'error="reply 550" dead=1' in log


def test_nobody_there(post):
    house = post(free_port())
    row = house.refused(house.book())
    assert (row["state"], row["error"]) == ("due", "connect")


def test_a_server_that_is_away_is_not_hammered(post, authority):
    """One hand knocks, less and less often; the letters have had no try when
    it comes back, and leave at once."""
    port = free_port()
    house = post(port)
    for i in range(30):
        house.book(f"yuki{i}@example.jp", house.free[2 * i])
    log = house.daemon.log
    until(lambda: log.read_text().count('error="connect"') >= 3)
    assert log.read_text().count('error="connect"') <= 8
    assert {row["attempts"] for row in house.rows()} == {0}
    back = Evil(authority.context(), port=port)
    until(lambda: len(back.letters) == 30, 30)
    until(lambda: back.commands.count("QUIT") == back.connections)
    assert 1 < back.connections <= 5  # the knocking hand came first
    back.close()


def test_a_stalling_letter_does_not_hold_the_others(post, evil):
    house = post(evil.port, patience_s=60)
    evil.deeds = {"RCPT": STALL}
    slow = house.book()
    until(lambda: [c for c in evil.commands if c.startswith("RCPT")])
    evil.deeds = {}
    others = [house.book(f"yuki{i}@example.jp") for i in range(3)]
    for row in others:
        assert house.tried(row)["state"] == "sent"
    assert house.row(slow)["state"] == "sending"


def ahead(house, evil, count=5):
    """Letters that are taken while the only hand is held at the end of one;
    that one and those."""
    house.daemon.ctl("outbox", "pause")
    evil.deeds = {"end": STALL}
    mine = [house.book(f"yuki{i}@example.jp") for i in range(count)]
    house.daemon.ctl("outbox", "resume")
    until(lambda: evil.letters and
          {house.row(row)["state"] for row in mine} == {"sending"})
    evil.deeds = {}
    first = [row for row in mine
             if house.row(row)["message_id"] in message_id(evil.letters[0])]
    return first[0], [row for row in mine if row not in first]


def test_letters_taken_ahead_leave_only_if_they_are_true(post, evil):
    """She cancels while her letter waits for the hand; the others leave."""
    house = post(evil.port, smtp_connections=1)
    first, others = ahead(house, evil)
    gone = house.row(others[0])
    house.daemon.operator.post(f"/bookings/{house.code(gone)}/cancel", {})
    until(lambda: house.row(others[0])["state"] == "stale")
    for row in others[1:]:
        assert house.tried(row)["state"] == "sent"
    assert house.tried(first)["error"] == "unknown silence"
    sent = [message_id(letter) for letter in evil.letters]
    assert not [one for one in sent if gone["message_id"] in one]
    assert len(set(sent)) == len(sent) == 5  # hers says that it is cancelled


def test_letters_taken_ahead_wait_while_letters_are_paused(post, evil):
    house = post(evil.port, smtp_connections=1)
    _, others = ahead(house, evil)
    house.daemon.ctl("outbox", "pause")
    until(lambda: {house.row(row)["state"] for row in others} == {"due"})
    assert {house.row(row)["attempts"] for row in others} == {0}
    assert len(evil.letters) == 1
    house.daemon.ctl("outbox", "resume")
    for row in others:
        assert house.tried(row)["state"] == "sent"


@pytest.mark.parametrize("end", ["stop", "kill"])
def test_letters_taken_ahead_survive_an_end(post, evil, end):
    """Each comes once; but the one in hand, which the end cut off."""
    house = post(evil.port, smtp_connections=1)
    first, others = ahead(house, evil)
    if end == "kill":
        house.daemon.process.kill()
        house.daemon.process.wait()
    else:
        house.daemon.stop()
        assert {house.row(row)["state"] for row in others} == {"due"}
        assert {house.row(row)["attempts"] for row in others} == {0}
    house.daemon.begin(None)
    for row in others:
        until(lambda: house.row(row)["state"] == "sent")
    sent = [message_id(letter) for letter in evil.letters]
    for row in others:
        hers = house.row(row)["message_id"]
        assert len([one for one in sent if hers in one]) == 1


@pytest.mark.parametrize("name, known", [
    ("DNS:mail.example.jp", True), ("IP:127.0.0.1", False)])
def test_a_certificate_that_does_not_hold(post, authority, tmp_path, name,
                                          known):
    signer = authority if known else Authority(tmp_path / "other")
    server = Evil(signer.context(name))
    try:
        house = post(server.port)
        row = house.refused(house.book())
        assert (row["state"], row["error"]) == ("due", "tls")
        assert server.letters == []
        assert not [c for c in server.commands if c.startswith("AUTH")]
    finally:
        server.close()


def test_the_same_letter_until_it_arrives(post, evil, clock):
    """451, cut behind the end, killed behind the end, then taken: each time
    the same bytes."""
    house = post(evil.port)
    evil.deeds = {"end": "451 later"}
    mine = house.book()
    first = house.tried(mine)
    assert b"yuki" not in first["letter"]
    clock(4 * MINUTE)
    house.wake()
    time.sleep(0.3)
    assert house.row(mine)["attempts"] == 1
    clock(5 * MINUTE + 1)
    evil.deeds = {"end": DROP}
    house.wake()
    second = house.tried(mine, 2)
    assert second["error"] == "unknown lost"
    assert second["next_at"] - second["due_at"] >= 15 * MINUTE
    clock(16 * MINUTE)
    evil.deeds = {"end": STALL}
    house.wake()
    until(lambda: len(evil.letters) == 3)
    assert house.row(mine)["state"] == "sending"
    house.daemon.process.kill()
    house.daemon.process.wait()
    evil.deeds = {}
    house.daemon.begin(None)
    last = house.tried(mine, 4)
    assert (last["state"], last["letter"]) == ("sent", None)
    assert len(evil.letters) == 4
    assert len(set(evil.letters)) == 1
    assert first["message_id"] in message_id(evil.letters[0])


def test_a_day_ahead_and_back(post, evil, clock):
    """Nothing is sent after its time, nothing twice, nothing is missed."""
    house = post(evil.port)
    sent = house.book()
    assert house.tried(sent)["state"] == "sent"
    evil.deeds = {"MAIL": "451 later"}
    waiting = house.book(slot=house.free[0])
    not_after = house.tried(waiting)["not_after"]
    evil.deeds = {}
    clock(int(not_after - time.time()) + MINUTE)  # too late
    house.wake()
    time.sleep(0.5)
    assert house.row(waiting)["state"] == "due"
    clock(5 * MINUTE + 1)
    house.wake()
    assert house.tried(waiting, 2)["state"] == "sent"
    for offset in (DAY, -DAY, 0):
        clock(offset)
        house.wake()
        time.sleep(0.3)
    assert house.row(sent)["attempts"] == 1
    assert len(evil.letters) == 2


def test_a_clock_that_is_set_is_followed_at_once(post, evil, clock):
    """What is due by the new time leaves without anything else happening."""
    house = post(evil.port)
    evil.deeds = {"MAIL": "451 later"}
    waiting = house.book()
    house.tried(waiting)
    evil.deeds = {}
    clock(5 * MINUTE + 1)
    assert house.tried(waiting, 2)["state"] == "sent"


def test_letters_share_a_connection(post, evil, clock):
    house = post(evil.port, smtp_connections=1)
    evil.deeds = {"MAIL": "451 later"}
    mine = [house.book(f"yuki{i}@example.jp") for i in range(5)]
    for row in mine:
        house.tried(row)
    evil.deeds = {}
    evil.connections = 0
    clock(6 * MINUTE)
    house.wake()
    for row in mine:
        assert house.tried(row, 2)["state"] == "sent"
    assert len(set(map(message_id, evil.letters))) == 5
    assert evil.connections == 1
    assert evil.commands[-1] == "QUIT"


def test_pages_do_not_wait_for_a_stalling_server(post, evil):
    house = post(evil.port)
    evil.deeds = {"end": STALL}
    mine = house.book()
    until(lambda: evil.letters)
    took = []
    while house.row(mine)["state"] == "sending":
        began = time.monotonic()
        assert house.daemon.api.get("/slots").status == 200
        took.append(time.monotonic() - began)
    took.sort()
    assert len(took) >= 20
    assert took[len(took) * 99 // 100] < PATIENCE_S / 4


def test_a_stop_does_not_wait_for_a_stalling_server(post, evil):
    house = post(evil.port, patience_s=60)
    evil.deeds = {"EHLO": STALL}
    mine = house.book()
    until(lambda: evil.commands)
    began = time.monotonic()
    house.daemon.stop()
    assert time.monotonic() - began < 15
    row = house.row(mine)
    assert (row["state"], row["error"]) == ("due", "stopped")


@pytest.mark.parametrize("conf, words", [
    ('smtp = "smtp://mail.example.jp"', ["--rehearse",
                                         "2026-06-29T09:00:00+09:00"]),
    ('public_url = "https://yoyaku.example.jp"', []),
    ('smtp = "smtp://mail.example.jp"\nsmtp_tls = none', []),
])
def test_refused_starts(tmp_path, conf, words):
    path = tmp_path / "hokend.conf"
    path.write_text(conf + "\n")
    for extra in ([], ["-n"]):
        done = subprocess.run(
            [HOKEND, "-f", path, "-d", tmp_path / "var", *words, *extra],
            capture_output=True, text=True, timeout=30)
        assert done.returncode not in (0, None)
        assert "smtp" in done.stderr
    assert not (tmp_path / "var").exists()


def test_a_password_that_others_may_read(tmp_path):
    secret = tmp_path / "password"
    secret.write_text(PASSWORD)
    secret.chmod(0o644)
    path = tmp_path / "hokend.conf"
    path.write_text('smtp = "smtp://127.0.0.1:1"\nsmtp_user = x\n'
                    f'smtp_password_file = "{secret}"\n'
                    f"port = {free_port()}\n")
    done = subprocess.run(
        [HOKEND, "-f", path, "-d", tmp_path / "var", "-r",
         HOUSE / "etc/rooms/weekday.conf"],
        capture_output=True, text=True, timeout=30)
    assert done.returncode == 1
    assert "server.password" in done.stderr
    assert PASSWORD not in done.stderr
