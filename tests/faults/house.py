"""What the judges share: a room with many frames, a hokend that can be
killed, and an HTTP client that knows what it has sent and not heard of.

A judge exits with 0 when the promise held, 1 when it was broken, and 2 when
the run proves nothing (it did not start, a round did not count).
"""
import argparse
import datetime
import json
import os
import pathlib
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import traceback

TREE = pathlib.Path(__file__).resolve().parents[2]
MONDAY = datetime.datetime.fromisoformat("2026-06-29T09:00:00+09:00")
START_S = 60
ANSWER_S = 30
# The crowd of a judge comes from one network.
UNBOUND = "bookings_per_network = 0\nbookings_per_mail = 0\n"


class Answer:
    def __init__(self, head, body):
        lines = head.decode("latin-1").split("\r\n")
        self.status = int(lines[0].split(" ")[1])
        self.headers = {}
        for line in lines[1:]:
            name, value = line.split(":", 1)
            self.headers.setdefault(name.lower(), value.strip())
        self.body = body

    @property
    def text(self):
        return self.body.decode()

    @property
    def json(self):
        return json.loads(self.body)

    def __repr__(self):
        return f"<{self.status} {self.text[:300]}>"


def request_bytes(method, path, body=None, headers=None):
    kind = "application/json"
    if isinstance(body, dict):
        body = json.dumps(body)
    elif body is not None:
        kind = "application/x-www-form-urlencoded"
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1"]
    lines += [f"{k}: {v}" for k, v in (headers or {}).items()]
    data = b""
    if body is not None:
        data = body.encode()
        lines += [f"Content-Type: {kind}", f"Content-Length: {len(data)}"]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + data


def split_answer(buffer):
    """The first whole answer of a stream and what follows it, or None."""
    end = buffer.find(b"\r\n\r\n")
    if end < 0:
        return None
    answer = Answer(bytes(buffer[:end]), b"")
    length = int(answer.headers.get("content-length", 0))
    past = end + 4 + length
    if len(buffer) < past:
        return None
    answer.body = bytes(buffer[end + 4:past])
    return answer, buffer[past:]


class Client:
    """One connection, opened again when it was closed.  After an OSError
    `flying` tells whether a request had left without an answer."""

    def __init__(self, address, source=None):
        self.address = address
        self.source = source
        self.sock = None
        self.flying = False

    def call(self, method, path, body=None, **headers):
        headers = {k.replace("_", "-"): v for k, v in headers.items()}
        data = request_bytes(method, path, body, headers)
        self.flying = False
        try:
            if self.sock is None:
                self.connect()
            self.flying = True
            self.sock.sendall(data)
            answer = self.read()
        except OSError:
            self.close()
            raise
        self.flying = False
        if answer.headers.get("connection", "").lower() == "close":
            self.close()
        return answer

    def connect(self):
        unix = isinstance(self.address, str)
        sock = socket.socket(socket.AF_UNIX if unix else socket.AF_INET)
        self.sock = sock
        sock.settimeout(ANSWER_S)
        if not unix:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self.source:
            sock.bind((self.source, 0))
        sock.connect(self.address)

    def read(self):
        buffer = b""
        while (found := split_answer(buffer)) is None:
            more = self.sock.recv(65536)
            if not more:
                raise ConnectionError("closed without an answer")
            buffer += more
        return found[0]

    def close(self):
        if self.sock is not None:
            self.sock.close()
        self.sock = None


def room_file(advisors=8, booths=6, days=7, slot_minutes=15):
    """A room that is open from 9 to 21 every day.  It has fewer booths than
    advisors, so that both can be what two people want at once."""
    parts = [f'''room {{
    name_ja = "保健室"
    short_ja = "ご予約"
    operator_ja = "市"
    window_days = {days}
    notice_minutes = 30
    hold_minutes = 10
    on_holidays = yes
}}
theme "talk" {{
    title_ja = "はなすこと"
    short_ja = "はなす"
}}
place "hall" {{
    channel = in_person
    booths = {booths}
    name_ja = "総合庁舎"
}}''']
    for n in range(advisors):
        parts.append(f'''advisor "a{n}" {{
    face = career
    themes = {{"talk"}}
    profession_ja = "相談員"
}}
opening "o{n}" {{
    advisor = "a{n}"
    theme = "talk"
    place = "hall"
    first = "2026-06-29"
    time = "09:00-21:00"
    repeat = "FREQ=DAILY"
    slot_minutes = {slot_minutes}
}}''')
    return "\n".join(parts)


class House:
    """One hokend on a directory of its own, with a rehearsed clock."""

    every = []

    def __init__(self, home, room=None, env=None, **user):
        self.home = pathlib.Path(home)
        self.var = self.home / "var"
        self.log = self.home / "log"
        self.out = self.home / "out"
        self.conf = self.home / "conf"
        self.room = self.home / "room"
        self.conf.write_text(UNBOUND)
        self.room.write_text(room or room_file())
        self.env = {**os.environ, **(env or {})}
        self.user = user
        self.port = free_port()
        self.process = None
        self.ready_s = 0
        House.every.append(self)

    def start(self, instant=MONDAY, speed=0):
        """Returns once /healthz is fine; `ready_s` is how long that took.
        Without an instant time is real."""
        command = [hokend(), "-f", self.conf, "-d", self.var, "-p",
                   str(self.port), "-r", self.room]
        if instant:
            command += ["--rehearse", f"{instant.isoformat()},{speed}"]
        begun = time.monotonic()
        with open(self.log, "ab") as log, open(self.out, "ab") as out:
            self.process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=out, stderr=log,
                cwd=TREE, env=self.env, **self.user)
        while not self.is_ready():
            if self.process.poll() is not None:
                raise RuntimeError("did not start: " + self.tail())
            if time.monotonic() - begun > START_S:
                raise RuntimeError("is never ready: " + self.tail())
            time.sleep(0.002)
        self.ready_s = time.monotonic() - begun

    def is_ready(self):
        client = self.client()
        try:
            return client.call("GET", "/healthz").status == 200
        except OSError:
            return False
        finally:
            client.close()

    def client(self, source=None):
        return Client(("127.0.0.1", self.port), source)

    def operator(self):
        return Client(str(self.var / "hokend.sock"))

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        self.process.terminate()
        status = self.process.wait(timeout=START_S)
        if status != 0:
            raise RuntimeError(f"ended with {status}: " + self.tail())

    def tail(self):
        return self.said()[-2000:]

    def said(self):
        """Its log, which may quote noise from a damaged page."""
        return self.log.read_text(errors="replace")

    def slots(self, **query):
        words = "&".join(f"{k.rstrip('_')}={v}" for k, v in query.items())
        client = self.client()
        answer = client.call("GET", "/api/v1/slots?" + words)
        client.close()
        if answer.status != 200:
            raise RuntimeError(f"no slots: {answer}")
        return answer.json["slots"]

    def day(self, day):
        """What the room itself says of a day: not cancelled, not held."""
        client = self.operator()
        answer = client.call("GET", f"/api/v1/bookings?date={day}")
        client.close()
        if answer.status != 200:
            raise RuntimeError(f"no day: {answer}")
        return answer.json["bookings"]


def hokend():
    path = TREE / os.environ.get("HOKEND", "build/hokend")
    if not path.exists():
        raise RuntimeError(f"{path} is not there: make all, or HOKEND=...")
    return path


def free_port():
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


def share(part, whole):
    return f"{part}/{whole} ({100 * part / max(whole, 1):.0f} %)"


def rank(values, percent):
    """Nearest rank."""
    values = sorted(values)
    return values[max(0, -(-len(values) * percent // 100) - 1)]


def judge(run, doc, **options):
    """Runs `run(home, args, rng)`, which prints its figures and returns the
    list of broken promises; ends the process with the verdict."""
    parser = argparse.ArgumentParser(
        description=doc, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--seed", type=int,
                        default=int.from_bytes(os.urandom(4), "big"))
    for name, default in options.items():
        parser.add_argument(f"--{name}", type=type(default), default=default)
    args = parser.parse_args()
    name = pathlib.Path(sys.argv[0]).name
    print(f"{name}: seed {args.seed}", flush=True)
    home = pathlib.Path(tempfile.mkdtemp(prefix=f"hokend-{name}-"))
    try:
        broken = run(home, args, random.Random(args.seed))
    except Exception:
        traceback.print_exc()
        print(f"{name}: proves nothing; see {home}")
        sys.exit(2)
    finally:
        for house in House.every:
            if house.process and house.process.poll() is None:
                house.kill()
    for line in broken[:20]:
        print(f"{name}: BROKEN {line}")
    if broken:
        print(f"{name}: {len(broken)} broken; see {home}")
        sys.exit(1)
    shutil.rmtree(home)
    print(f"{name}: held")
