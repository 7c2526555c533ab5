"""Open lists of free times are told that something has changed, and nothing
else; nobody who listens, lags or leaves is in anybody's way."""

import re
import socket

import pytest
from reader import Reader

ASK = b"GET /events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
NEWS = re.compile(rb"data: generation (\d+)\n\n")


class Listener:
    def __init__(self, daemon, peer="127.0.0.1", ask=ASK):
        self.socket = socket.create_connection(
            ("127.0.0.1", daemon.port), 20, source_address=(peer, 0))
        self.socket.sendall(ask)
        self.heard = b""
        while b"\r\n\r\n" not in self.heard and self.hear():
            continue
        self.head, _, self.heard = self.heard.partition(b"\r\n\r\n")
        self.status = int(self.head.split()[1])

    def hear(self):
        more = self.socket.recv(4096)
        self.heard += more
        return more

    def until(self, count):
        """Generations, once so many have come."""
        while len(NEWS.findall(self.heard)) < count:
            assert self.hear(), "the stream ended: %r" % self.heard
        return [int(n) for n in NEWS.findall(self.heard)]

    def ended(self):
        """Reads to the end of the stream."""
        try:
            while self.hear():
                continue
        except ConnectionResetError:
            pass
        return True

    def close(self):
        self.socket.close()


def test_a_change_is_told_and_nothing_else(daemon):
    listener = Listener(daemon)
    head = listener.head.decode().lower()
    assert listener.status == 200
    assert "content-type: text/event-stream" in head
    assert "cache-control: no-store" in head
    assert "x-accel-buffering: no" in head
    assert "content-length" not in head and "set-cookie" not in head
    first, = listener.until(1)
    slots = daemon.api.slots()
    daemon.api.book(slots[0])
    _, second = listener.until(2)
    assert second > first
    # A closed day and a hold are changes too.
    daemon.operator.call("PUT", "/room", (
        'closure { from = "2026-07-06"\n until = "2026-07-07" }').encode(),
        Content_Type="text/plain")
    listener.until(3)
    reader = Reader(daemon.url)
    page = reader.get("/slots")
    reader.press(page, page.slots()[0])
    listener.until(4)
    whole = re.sub(rb"retry: \d+\n|:\n\n", b"", NEWS.sub(b"", listener.heard))
    assert whole == b""


def test_many_changes_are_few_words(daemon):
    listener = Listener(daemon)
    listener.until(1)
    slots = daemon.api.slots()[:12]
    for slot in slots:
        daemon.api.book(slot)
    newest = Listener(daemon).until(1)[0]
    while listener.until(1)[-1] < newest:
        assert listener.hear()
    assert len(listener.until(1)) < len(slots)


def test_what_she_types_changes_nothing_for_others(daemon):
    reader, listener = Reader(daemon.url), Listener(daemon)
    page = reader.get("/slots")
    page = reader.press(page, page.slots()[0])
    held = listener.until(2)[-1]
    page = reader.press(page, "確認へ進む", name="ゆき")
    assert page.path == "/check"
    assert Listener(daemon).until(1) == [held]


@pytest.mark.parametrize("conf, peers, most", [
    ("connections_per_peer = 6", ["127.0.0.1"] * 9, 3),
    ("connections = 16", [f"127.0.0.{i}" for i in range(1, 17)], 8),
])
def test_listeners_leave_room_for_readers(start, conf, peers, most):
    daemon = start(conf=conf)
    inside, refused = [], 0
    for peer in peers[:most + 2]:
        listener = Listener(daemon, peer)
        if listener.status == 200:
            inside.append(listener)
        else:
            assert listener.status == 503
            assert b"Retry-After" in listener.head
            refused += 1
            listener.close()
    assert (len(inside), refused) == (most, 2)
    assert Reader(daemon.url).get("/slots").status == 200
    inside[0].close()
    Reader(daemon.url).get("/")         # the loop has seen her go
    again = Listener(daemon, peers[0])
    assert again.status == 200


def test_behind_the_proxy_each_reader_has_her_share(start):
    daemon = start(conf='trusted_proxy = "127.0.0.1"\n'
                        'connections_per_peer = 2')

    def ask(address):
        return Listener(daemon, ask=ASK[:-2] + (
            f"X-Forwarded-For: {address}\r\n\r\n").encode())
    first = ask("192.0.2.1")
    assert (first.status, ask("192.0.2.1").status) == (200, 503)
    assert ask("192.0.2.2").status == 200


def test_who_lags_or_talks_is_in_nobodys_way(daemon):
    """One never reads, one sends requests into her stream, one is gone."""
    silent = Listener(daemon)
    talking = Listener(daemon)
    gone = Listener(daemon)
    listener = Listener(daemon)
    gone.close()
    talking.socket.sendall(ASK * 3)
    daemon.api.book(daemon.api.slots()[0])
    listener.until(2)
    talking.until(2)
    assert talking.heard.count(b"HTTP/1.1") == 0, "no second answer"
    try:
        for _ in range(64):
            talking.socket.sendall(b"x" * 65536)
    except (BrokenPipeError, ConnectionResetError):
        pass
    assert talking.ended(), "who sends without end is let go"
    silent.until(2)


def test_a_head_is_no_stream(daemon):
    listener = Listener(daemon, ask=ASK.replace(b"GET", b"HEAD") + ASK)
    assert listener.status == 200
    assert b"content-length" in listener.head.lower()
    listener.until(1)


def test_a_stop_waits_for_no_listener(daemon):
    listeners = [Listener(daemon) for _ in range(20)]
    daemon.stop()
    assert all(listener.ended() for listener in listeners)
