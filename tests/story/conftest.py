"""Stories run against a live daemon on a port and in a directory of its own.

HOKEND and HOKENCTL name the programs under test (default build/hokend,
build/hokenctl).  `daemon` is the weekday room on the Monday morning of
2026-06-29; `start` gives others.  Each daemon must end cleanly, and its log
must hold no report of a sanitizer.
"""
import http.client
import json
import os
import pathlib
import signal
import socket
import subprocess
import time
import urllib.parse

import pytest

HOUSE = pathlib.Path(__file__).resolve().parents[2]
HOKEND = HOUSE / os.environ.get("HOKEND", "build/hokend")
HOKENCTL = HOUSE / os.environ.get("HOKENCTL", "build/hokenctl")
WEEKDAY = HOUSE / "etc/rooms/weekday.conf"
TRIAL = HOUSE / "etc/rooms/trial-2024.conf"
MONDAY = "2026-06-29T09:00:00+09:00"
READY_S = 30
pytest_plugins = ["post"]
REPORTS = ("AddressSanitizer", "LeakSanitizer", "ThreadSanitizer",
           "runtime error:", "Assertion")


class Answer:
    """Status, headers (by lower-case name) and body of one answer."""

    def __init__(self, response):
        self.status = response.status
        self.headers = {k.lower(): v for k, v in response.getheaders()}
        self.body = response.read()

    @property
    def text(self):
        return self.body.decode()

    @property
    def json(self):
        return json.loads(self.body)

    def __repr__(self):
        return f"<{self.status} {self.text[:500]}>"


class UnixConnection(http.client.HTTPConnection):
    def __init__(self, path, timeout):
        super().__init__("localhost", timeout=timeout)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(str(self.path))


class Api:
    """The JSON API, over the port or over the operator's socket."""

    def __init__(self, daemon, operator=False):
        self.daemon = daemon
        self.operator = operator

    def connection(self, peer=None):
        if self.operator:
            return UnixConnection(self.daemon.sock, 30)
        return http.client.HTTPConnection(
            "127.0.0.1", self.daemon.port, timeout=30,
            source_address=(peer, 0) if peer else None)

    def call(self, method, path, body=None, lang=None, peer=None, **headers):
        """`body` is sent as JSON unless it is bytes or None.  Header names
        are written with underscores; None leaves a header out."""
        sent = {"Accept-Language": lang or "ja", "Connection": "close"}
        if body is not None:
            sent["Content-Type"] = "application/json"
            if not isinstance(body, bytes):
                body = json.dumps(body).encode()
        for name, value in headers.items():
            sent[name.replace("_", "-")] = value
        sent = {k: v for k, v in sent.items() if v is not None}
        connection = self.connection(peer)
        try:
            connection.request(method, "/api/v1" + path, body, sent)
            return Answer(connection.getresponse())
        finally:
            connection.close()

    def get(self, path, query=None, **more):
        if query:
            path += "?" + urllib.parse.urlencode(query)
        return self.call("GET", path, **more)

    def post(self, path, body, **more):
        return self.call("POST", path, body, **more)

    def slots(self, **query):
        query = {k.rstrip("_"): v for k, v in query.items()}
        answer = self.get("/slots", query)
        assert answer.status == 200, answer
        return answer.json["slots"]

    def book(self, slot, **more):
        answer = self.post("/bookings", {"slot": slot["id"], **more})
        assert answer.status == 201, answer
        return answer.json


class Daemon:
    def __init__(self, var, room, rehearse, conf):
        self.var = var
        self.room = room
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.sock = var / "hokend.sock"
        self.log = var.with_name(var.name + ".log")
        self.out = var.with_name(var.name + ".out")
        self.conf = var.with_name(var.name + ".conf")
        self.conf.write_text(conf)
        self.api = Api(self)
        self.operator = Api(self, operator=True)
        self.process = None
        self.begin(rehearse)

    def begin(self, rehearse):
        command = [HOKEND, "-f", self.conf, "-d", self.var, "-p",
                   str(self.port), "-r", self.room]
        if rehearse:
            command += ["--rehearse", rehearse]
        with open(self.log, "ab") as log, open(self.out, "ab") as out:
            self.process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=out, stderr=log,
                cwd=HOUSE)
        self.wait_ready()

    def wait_ready(self):
        end = time.monotonic() + READY_S
        while time.monotonic() < end:
            assert self.process.poll() is None, self.log.read_text()
            connection = http.client.HTTPConnection(
                "127.0.0.1", self.port, timeout=5)
            try:
                connection.request("GET", "/healthz")
                if connection.getresponse().status == 200:
                    return
            except OSError:
                time.sleep(0.02)
            finally:
                connection.close()
        raise AssertionError("not ready: " + self.log.read_text())

    def stop(self):
        """Ends it as an operator would; asks for a clean end."""
        if self.process is None:
            return
        process, self.process = self.process, None
        try:
            process.send_signal(signal.SIGTERM)
            status = process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise AssertionError("does not stop: " + self.log.read_text())
        log = self.log.read_text()
        assert status == 0, f"ended with {status}: {log}"
        for report in REPORTS:
            assert report not in log, log

    def restart(self, rehearse=None):
        self.stop()
        self.begin(rehearse)

    def ctl(self, *words, lang="C.UTF-8", text=None):
        """Runs hokenctl; stdout and stderr as text."""
        env = {"PATH": os.environ["PATH"], "LC_ALL": lang,
               "HOKENCTL_SOCKET": str(self.sock)}
        for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS"):
            if name in os.environ:
                env[name] = os.environ[name]
        return subprocess.run([HOKENCTL, *words], env=env, cwd=HOUSE,
                              input=text, capture_output=True, text=True,
                              encoding="utf-8", timeout=60)


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


@pytest.fixture
def start(tmp_path):
    """start(room=, rehearse=, var=, conf=) -> Daemon, stopped at the end."""
    daemons = []

    def begin(room=WEEKDAY, rehearse=MONDAY, var=None, conf=""):
        var = pathlib.Path(var) if var else tmp_path / f"var{len(daemons)}"
        daemons.append(Daemon(var, room, rehearse, conf))
        return daemons[-1]

    yield begin
    for daemon in daemons:
        daemon.stop()


@pytest.fixture
def daemon(start):
    return start()
