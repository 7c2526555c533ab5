"""Odd bytes on the wire: what each request is answered with, and whether the
connection stays open.  Each is sent at once and byte by byte; both must be
answered alike."""

import re
import socket
import struct
import threading
import time

import pytest

HOST = b"Host: 127.0.0.1\r\n"
OPEN, CLOSED = True, False
OK = b"GET /robots.txt HTTP/1.1\r\n" + HOST + b"\r\n"


def get(head=b"", target=b"/robots.txt", version=b"HTTP/1.1", host=HOST):
    return b"GET " + target + b" " + version + b"\r\n" + host + head + b"\r\n"


def post(head, body=b""):
    return b"POST /robots.txt HTTP/1.1\r\n" + HOST + head + b"\r\n" + body


def length(n):
    return b"Content-Length: %d\r\n" % n


# name: (bytes, statuses of all answers, left open)
CORPUS = {
    "plain": (OK, [200], OPEN),
    "empty line before": (b"\r\n" + OK, [200], OPEN),
    "two empty lines before": (b"\r\n\r\n" + OK, [400], CLOSED),
    "head": (OK.replace(b"GET", b"HEAD"), [200], OPEN),
    "unknown path": (get(target=b"/nowhere"), [404], OPEN),
    "close": (get(b"Connection: close\r\n"), [200], CLOSED),
    "close in a list": (get(b"Connection: x, close\r\n"), [200], CLOSED),
    "1.0": (get(version=b"HTTP/1.0"), [200], CLOSED),
    "1.0 keep-alive": (
        get(b"Connection: keep-alive\r\n", version=b"HTTP/1.0"), [200], OPEN),
    "1.0 without host": (get(version=b"HTTP/1.0", host=b""), [400], CLOSED),
    "1.2": (get(version=b"HTTP/1.2"), [505], CLOSED),
    "2.0": (get(version=b"HTTP/2.0"), [505], CLOSED),
    "9.9": (get(version=b"HTTP/9.9"), [505], CLOSED),
    "0.9": (b"GET /robots.txt\r\n\r\n", [400], CLOSED),
    "lower case http": (get(version=b"http/1.1"), [400], CLOSED),
    "long version": (get(version=b"HTTP/1.10"), [400], CLOSED),
    "http2 preface": (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", [501], CLOSED),
    "tls": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", [400], CLOSED),
    "pipeline": (OK + OK, [200, 200], OPEN),
    "pipeline of five kinds": (
        OK + get(target=b"/x") + OK + post(length(2), b"ab") + OK,
        [200, 404, 200, 405, 200], OPEN),
    "pipeline behind close": (get(b"Connection: close\r\n") + OK, [200],
                              CLOSED),
    "pipeline behind fault": (get(b"Ho st: x\r\n") + OK, [400], CLOSED),
    "bare lf": (OK.replace(b"\r\n", b"\n"), [400], CLOSED),
    "one bare lf": (get(b"A: b\nC: d\r\n"), [400], CLOSED),
    "bare cr": (get(b"A: b\rC: d\r\n"), [400], CLOSED),
    "two cr": (get(b"A: b\r\r\n"), [400], CLOSED),
    "nul in a value": (get(b"A: b\0c\r\n"), [400], CLOSED),
    "nul in a name": (get(b"A\0: b\r\n"), [400], CLOSED),
    "control in a value": (get(b"A: b\x01c\r\n"), [400], CLOSED),
    "delete in a value": (get(b"A: b\x7fc\r\n"), [400], CLOSED),
    "tab in a value": (get(b"A: b\tc\r\n"), [200], OPEN),
    "latin in a value": (get(b"A: caf\xe9\r\n"), [200], OPEN),
    "folded": (get(b"A: b\r\n c\r\n"), [400], CLOSED),
    "folded by tab": (get(b"A: b\r\n\tc\r\n"), [400], CLOSED),
    "folded at once": (get(b" A: b\r\n", host=b""), [400], CLOSED),
    "space before colon": (get(b"A : b\r\n"), [400], CLOSED),
    "space in a name": (get(b"Ho st: b\r\n"), [400], CLOSED),
    "no name": (get(b": b\r\n"), [400], CLOSED),
    "no colon": (get(b"A b\r\n"), [400], CLOSED),
    "bracket in a name": (get(b"A(b): c\r\n"), [400], CLOSED),
    "empty value": (get(b"A:\r\nB: \r\n"), [200], OPEN),
    "no host": (get(host=b""), [400], CLOSED),
    "two hosts": (get(b"hOST: 127.0.0.1\r\n"), [400], CLOSED),
    "empty host": (get(host=b"Host:\r\n"), [400], CLOSED),
    "host with a path": (get(host=b"Host: a/b\r\n"), [400], CLOSED),
    "host with a user": (get(host=b"Host: a@b\r\n"), [400], CLOSED),
    "host with a space": (get(host=b"Host: a b\r\n"), [400], CLOSED),
    "host of another": (get(host=b"Host: example.com\r\n"), [421], OPEN),
    "64 headers": (get(b"A: b\r\n" * 63), [200], OPEN),
    "65 headers": (get(b"A: b\r\n" * 64), [431], CLOSED),
    "long value": (get(b"A: " + b"b" * 15000 + b"\r\n"), [200], OPEN),
    "header of 16 KiB": (get(b"A: " + b"b" * 16384 + b"\r\n"), [431],
                         CLOSED),
    "target of 16 KiB": (get(target=b"/" + b"a" * 16384), [431], CLOSED),
    "absolute target": (get(target=b"http://127.0.0.1/"), [400], CLOSED),
    "star": (get(target=b"*"), [400], CLOSED),
    "empty target": (b"GET  HTTP/1.1\r\n" + HOST + b"\r\n", [400], CLOSED),
    "double slash": (get(target=b"//robots.txt"), [400], CLOSED),
    "backslash first": (get(target=b"\\robots.txt"), [400], CLOSED),
    "tab in target": (get(target=b"/robots\t.txt"), [400], CLOSED),
    "space in target": (get(target=b"/robots .txt"), [400], CLOSED),
    "fragment": (get(target=b"/robots.txt#x"), [400], CLOSED),
    "eight bits in target": (get(target=b"/\xe3\x81\x82"), [400], CLOSED),
    "escaped nul": (get(target=b"/robots%00.txt"), [400], CLOSED),
    "escaped line break": (get(target=b"/a?b=%0d%0aX:y"), [400], CLOSED),
    "escaped c1 control": (get(target=b"/%c2%85"), [400], CLOSED),
    "half an escape": (get(target=b"/robots%2"), [400], CLOSED),
    "no escape": (get(target=b"/robots%zz"), [400], CLOSED),
    "escape is no utf-8": (get(target=b"/%ff"), [400], CLOSED),
    "overlong utf-8": (get(target=b"/%c0%af"), [400], CLOSED),
    "escaped letter": (get(target=b"/%72obots.txt"), [200], OPEN),
    "dots": (get(target=b"/static/../robots.txt"), [404], OPEN),
    "two spaces": (b"GET  /robots.txt HTTP/1.1\r\n" + HOST + b"\r\n", [400],
                   CLOSED),
    "space behind version": (get(version=b"HTTP/1.1 "), [400], CLOSED),
    "tab for a space": (b"GET\t/robots.txt\tHTTP/1.1\r\n" + HOST + b"\r\n",
                        [400], CLOSED),
    "lower case method": (OK.replace(b"GET", b"get"), [501], CLOSED),
    "own method": (OK.replace(b"GET", b"BREW"), [501], CLOSED),
    "propfind": (OK.replace(b"GET", b"PROPFIND"), [501], CLOSED),
    "trace": (OK.replace(b"GET", b"TRACE"), [501], CLOSED),
    "connect": (b"CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n", [501], CLOSED),
    "options": (OK.replace(b"GET", b"OPTIONS"), [405], OPEN),
    "delete": (OK.replace(b"GET", b"DELETE"), [405], OPEN),
    "put": (OK.replace(b"GET /robots.txt", b"PUT /robots.txt"), [405], OPEN),
    "method is no token": (OK.replace(b"GET", b"G(T"), [400], CLOSED),
    "body": (post(length(3), b"a=b"), [405], OPEN),
    "body of a get": (get(length(3)) + b"abc" + OK, [200, 200], OPEN),
    "body of nothing": (post(length(0)), [405], OPEN),
    "no length": (post(b""), [405], OPEN),
    "two equal lengths": (post(length(3) * 2, b"a=b"), [400], CLOSED),
    "two lengths": (post(length(3) + length(4), b"a=b"), [400], CLOSED),
    "list of lengths": (post(b"Content-Length: 3, 3\r\n", b"a=b"), [400],
                        CLOSED),
    "plus length": (post(b"Content-Length: +3\r\n", b"a=b"), [400], CLOSED),
    "minus length": (post(b"Content-Length: -3\r\n", b"a=b"), [400], CLOSED),
    "hex length": (post(b"Content-Length: 0x3\r\n", b"a=b"), [400], CLOSED),
    "length and junk": (post(b"Content-Length: 3 junk\r\n", b"a=b"), [400],
                        CLOSED),
    "length of nothing": (post(b"Content-Length:\r\n"), [400], CLOSED),
    "64 KiB": (post(length(65536), b"a" * 65536) + OK, [405, 200], OPEN),
    "64 KiB and one": (post(length(65537), b"a" * 65537), [413], CLOSED),
    "length beyond 64 bits": (post(b"Content-Length: " + b"9" * 30 +
                                   b"\r\n"), [413], CLOSED),
    "chunked": (post(b"Transfer-Encoding: chunked\r\n",
                     b"3\r\na=b\r\n0\r\n\r\n"), [411], CLOSED),
    "chunked and length": (post(b"Transfer-Encoding: chunked\r\n" +
                                length(3), b"a=b"), [411], CLOSED),
    "identity": (post(b"Transfer-Encoding: identity\r\n"), [411], CLOSED),
    "odd chunked": (post(b"Transfer-Encoding: xchunked\r\n"), [411], CLOSED),
    "space before te colon": (post(b"Transfer-Encoding : chunked\r\n"),
                              [400], CLOSED),
    "upgrade": (get(b"Connection: Upgrade\r\nUpgrade: h2c\r\n"), [200],
                OPEN),
    "websocket": (get(b"Connection: Upgrade\r\nUpgrade: websocket\r\n"
                      b"Sec-WebSocket-Version: 13\r\n") + OK, [200, 200],
                  OPEN),
    "other expectation": (post(b"Expect: tea\r\n" + length(1), b"a"), [417],
                          CLOSED),
}


def connect(daemon, timeout=8):
    s = socket.create_connection(("127.0.0.1", daemon.port), timeout)
    s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return s


def read_answers(s, expected=0, wait=0.1, heads=()):
    """All answers until the connection is closed, or until `expected` have
    come and `wait` seconds have passed.  heads: those without a body."""
    data, statuses = b"", []
    try:
        while True:
            while b"\r\n\r\n" in data:
                head, rest = data.split(b"\r\n\r\n", 1)
                n = re.search(rb"(?i)\r\ncontent-length: (\d+)", head)
                size = int(n.group(1)) if n else 0
                if len(statuses) in heads:
                    size = 0
                if len(rest) < size:
                    break
                statuses.append(int(head.split(b" ", 2)[1]))
                data = rest[size:]
            s.settimeout(wait if len(statuses) >= expected else 20)
            more = s.recv(65536)
            if not more:
                assert data == b"", data
                return statuses, CLOSED
            data += more
    except TimeoutError:
        assert data == b"", data
        return statuses, OPEN


def exchange(daemon, request, step, statuses=(200,), left=OPEN):
    with connect(daemon) as s:
        for i in range(0, len(request), step):
            try:
                s.sendall(request[i:i + step])
            except (BrokenPipeError, ConnectionResetError):
                break       # refused before its end: the answer is there
        heads = (0,) if request.startswith(b"HEAD") else ()
        return read_answers(s, len(statuses), 0.1 if left else 5, heads)


def test_corpus_is_large():
    assert len(CORPUS) >= 40


def wrong_answers(daemon, names, step):
    """What was answered otherwise than the corpus says, by name."""
    wrong = {}
    for name in names:
        request, statuses, left = CORPUS[name]
        got = exchange(daemon, request, step or len(request), statuses, left)
        if got != (statuses, left):
            wrong[name] = got
    return wrong


def test_at_once(daemon):
    assert wrong_answers(daemon, CORPUS, 0) == {}


def test_byte_by_byte(daemon):
    short = [name for name in CORPUS if len(CORPUS[name][0]) < 4096]
    assert wrong_answers(daemon, short, 1) == {}


def test_every_prefix_gets_no_answer_yet(daemon):
    for end in (1, 5, len(OK) - 3, len(OK) - 1):
        with connect(daemon) as s:
            s.sendall(OK[:end])
            assert read_answers(s) == ([], OPEN)
            s.sendall(OK[end:])
            assert read_answers(s, 1) == ([200], OPEN)


def test_answer_carries_what_keeps_her_safe(daemon):
    with connect(daemon) as s:
        s.sendall(OK)
        head = s.recv(65536).split(b"\r\n\r\n")[0].decode()
    for line in ("Date: ", "X-Content-Type-Options: nosniff",
                 "Referrer-Policy: no-referrer",
                 "Cross-Origin-Opener-Policy: same-origin",
                 "Content-Security-Policy: default-src 'none'"):
        assert "\r\n" + line in head
    assert "unsafe" not in head and "Server:" not in head


def test_half_closed_peer_is_answered(daemon):
    with connect(daemon) as s:
        s.sendall(OK + OK)
        s.shutdown(socket.SHUT_WR)
        assert read_answers(s, 2, 5) == ([200, 200], CLOSED)


def test_half_closed_in_the_middle(daemon):
    with connect(daemon) as s:
        s.sendall(OK + OK[:20])
        s.shutdown(socket.SHUT_WR)
        assert read_answers(s, 1, 5) == ([200], CLOSED)


def test_gone_before_the_answer(daemon):
    """Resets instead of reading; the daemon must not mind."""
    for _ in range(50):
        s = connect(daemon)
        s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER,
                     struct.pack("ii", 1, 0))
        s.sendall(OK * 20)
        s.close()
    assert exchange(daemon, OK, len(OK)) == ([200], OPEN)


def test_expect_continue(daemon):
    with connect(daemon) as s:
        s.sendall(post(b"Expect: 100-continue\r\n" + length(3)))
        assert s.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
        s.sendall(b"a=b")
        assert read_answers(s, 1) == ([405], OPEN)


def test_refused_body_does_not_destroy_the_answer(daemon):
    """The client is still sending when 413 leaves."""
    with connect(daemon) as s:
        s.sendall(post(length(500000)))
        for _ in range(50):
            s.sendall(b"a" * 10000)
        assert read_answers(s, 1, 5) == ([413], CLOSED)


@pytest.mark.parametrize("packed, accepts", [
    (True, ["gzip", "GZIP, br", "br, *;q=0.1", "gzip;q=0.001", "x-gzip"]),
    (False, ["gzip;q=0", "gzip; q=0.000, *", "identity", "*;q=0", "", "br"]),
])
def test_gzip_is_negotiated(daemon, packed, accepts):
    for accept in accepts:
        with connect(daemon) as s:
            s.sendall(get(b"Connection: close\r\nAccept-Encoding: " +
                          accept.encode() + b"\r\n", target=b"/"))
            data = b""
            while more := s.recv(65536):
                data += more
        head = data.split(b"\r\n\r\n")[0]
        assert (b"Content-Encoding: gzip" in head) == packed, accept
        assert b"Vary: Accept-Encoding" in head


def test_one_slow_client_stops_nobody(daemon):
    with connect(daemon) as slow:
        slow.sendall(OK[:30])
        begin = time.monotonic()
        assert exchange(daemon, OK, len(OK))[0] == [200]
        assert time.monotonic() - begin < 1


def test_share_of_a_peer(daemon):
    """The 65th connection of one address is turned away with a word."""
    crowd, turned = [], None
    try:
        for _ in range(80):
            s = connect(daemon)
            crowd.append(s)
            s.settimeout(0.05)
            try:
                turned = s.recv(100)
                break
            except TimeoutError:
                continue
        assert turned is not None and b" 503 " in turned
        assert len(crowd) <= 65
    finally:
        for s in crowd:
            s.close()
    time.sleep(0.1)
    assert exchange(daemon, OK, len(OK)) == ([200], OPEN)


def test_deadlines(daemon):
    """One byte a second, silence, and a connection that says nothing: all
    are over within their time, all at once here."""
    ends = {}

    def drip():
        with connect(daemon, 30) as s:
            begin, statuses = time.monotonic(), []
            try:
                for byte in OK[:40]:
                    s.sendall(bytes([byte]))
                    s.settimeout(1)
                    try:
                        if more := s.recv(1000):
                            statuses.append(int(more.split(b" ")[1]))
                        break
                    except TimeoutError:
                        continue
            except (BrokenPipeError, ConnectionResetError):
                pass
            ends["drip"] = statuses, round(time.monotonic() - begin)

    def wait(name, request):
        with connect(daemon, 30) as s:
            begin = time.monotonic()
            s.sendall(request)
            statuses, _ = read_answers(s, 9)
            ends[name] = statuses, round(time.monotonic() - begin)

    threads = [threading.Thread(target=drip),
               threading.Thread(target=wait, args=("half", OK[:30])),
               threading.Thread(target=wait, args=("silent", b"")),
               threading.Thread(target=wait, args=("idle", OK))]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert ends["drip"][0] == [408] and 14 <= ends["drip"][1] <= 16
    assert ends["half"][0] == [408] and 9 <= ends["half"][1] <= 11
    assert ends["silent"][0] == [] and 9 <= ends["silent"][1] <= 11
    assert ends["idle"][0] == [200] and 9 <= ends["idle"][1] <= 12


def test_operators_socket(daemon):
    with socket.socket(socket.AF_UNIX) as s:
        s.connect(str(daemon.sock))
        s.sendall(OK)
        assert read_answers(s, 1) == ([200], OPEN)
