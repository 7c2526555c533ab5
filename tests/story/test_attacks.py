"""What strangers try: each was possible once."""
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
