"""Processes that `make bench` measures: hokend, its baselines, the load.

All of them listen on loopback, live in one temporary directory and end with
the `with` block that began them.
"""
import json
import os
import pathlib
import resource
import shutil
import socket
import subprocess
import time

HERE = pathlib.Path(__file__).resolve().parent
HOUSE = HERE.parents[1]
BUILD = HOUSE / os.environ.get("BUILD", "build")
PROGRAMS = BUILD / "bench"
MONDAY = "2026-06-29T09:00:00+09:00"
READY_S = 120
# Letters stay in a Maildir; many clients share few addresses here.
CONF = ("connections = 12000\nconnections_per_peer = 2000\n"
        "bookings_per_network = 0\nbookings_per_mail = 0\n")

resource.setrlimit(resource.RLIMIT_NOFILE,
                   (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Side:
    """A process under measure."""

    def __init__(self, command, port, log, env=None):
        self.port = port
        self.started = time.monotonic()
        with open(log, "ab") as out:
            self.process = subprocess.Popen(
                [str(word) for word in command], stdin=subprocess.DEVNULL,
                stdout=out, stderr=out, cwd=HOUSE,
                env={**os.environ, **(env or {})})
        self.log = log
        self.answers()

    def answers(self):
        """Waits until it accepts connections."""
        while time.monotonic() < self.started + READY_S:
            if self.process.poll() is not None:
                break
            try:
                socket.create_connection(("127.0.0.1", self.port)).close()
                return
            except OSError:
                time.sleep(0.001)
        raise SystemExit(f"{self.log}: {self.log.read_text()}")

    def cpu_s(self):
        """Time on a processor so far, of all its threads: by the clock of
        the process (clock_getcpuclockid), since /proc counts in ticks of
        10 ms, which are thirty bookings."""
        return time.clock_gettime(~self.process.pid << 3 | 2)

    def rss_kb(self):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0])

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=60)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()


class Hokend(Side):
    """On a frozen clock, so that each run sees the same frames.  Fsync can
    be made slower by `slow_ms`."""

    def __init__(self, var, room, at=MONDAY, slow_ms=0):
        port = free_port()
        self.sock = var / "hokend.sock"
        self.sock.unlink(missing_ok=True)
        conf = var.with_name(var.name + ".conf")
        conf.write_text(CONF)
        super().__init__(
            [BUILD / "hokend", "-f", conf, "-d", var, "-p", port, "-r", room,
             "--rehearse", at + ",0"],
            port, var.with_name(var.name + ".log"), slow(slow_ms))

    def answers(self):
        """Its port opens before the operator's socket does."""
        super().answers()
        while not self.sock.exists():
            time.sleep(0.001)


class Evhttp(Side):
    """Answers everything with the bytes of a file."""

    def __init__(self, path):
        port = free_port()
        super().__init__([PROGRAMS / "evhttp", port, path], port,
                         path.with_name(path.name + ".log"))


class Nginx(Side):
    """Serves one file that is compressed already."""

    def __init__(self, work, path):
        port = free_port()
        conf = work / "nginx.conf"
        conf.write_text(f"""
            daemon off; master_process off; pid {work}/nginx.pid;
            error_log {work}/nginx.log;
            events {{ worker_connections 1024; }}
            http {{
                access_log off; keepalive_requests 1000000000;
                server {{
                    listen 127.0.0.1:{port};
                    location / {{
                        root {path.parent}; default_type text/calendar;
                        add_header Content-Encoding gzip;
                    }}
                }}
            }}""")
        super().__init__(["nginx", "-p", work, "-c", conf], port,
                         work / "nginx.log",
                         {"PATH": os.environ["PATH"] + ":/usr/sbin"})


def slow(ms):
    if not ms:
        return {}
    return {"LD_PRELOAD": str(PROGRAMS / "slow_sync.so"),
            "SLOW_SYNC_US": str(int(ms * 1000))}


def get(path, *lines):
    """A request for the wire."""
    head = (f"GET {path} HTTP/1.1", "Host: 127.0.0.1",
            "Accept-Language: ja", *lines)
    return ("\r\n".join(head) + "\r\n\r\n").encode()


def post(path, doc):
    body = json.dumps(doc).encode()
    return (f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            f"Content-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n").encode() + body


def write_requests(path, requests):
    with open(path, "wb") as f:
        for request in requests:
            f.write(b"%d\n%b" % (len(request), request))
    return path


def read_answers(path):
    """(head, body) of each; both empty where there was no answer."""
    data, answers = path.read_bytes(), []
    while data:
        length, data = data.split(b"\n", 1)
        head, _, body = data[:int(length)].partition(b"\r\n\r\n")
        answers.append((head, body))
        data = data[int(length):]
    return answers


class Load:
    """A running load generator; result() waits for what it printed."""

    def __init__(self, port, requests, connections=1, seconds=2.0, rate=0,
                 once=False, answers=None):
        command = [PROGRAMS / "load", "-c", connections, "-t", seconds]
        command += ["-r", rate] if rate else []
        command += ["-1"] if once else []
        command += ["-o", answers] if answers else []
        self.process = subprocess.Popen(
            [str(word) for word in [*command, port, requests]],
            stdout=subprocess.PIPE)

    def result(self):
        out, _ = self.process.communicate(timeout=120)
        if self.process.returncode != 0:
            raise SystemExit("load: failed")
        return json.loads(out)


def measure(side, requests, connections=32, seconds=2.0, port=None, **more):
    """What the load saw, and microseconds of the side's CPU a request."""
    before = side.cpu_s()
    result = Load(port or side.port, requests, connections, seconds,
                  **more).result()
    result["cpu_us"] = (side.cpu_s() - before) / max(result["answered"],
                                                     1) * 1e6
    return result


def copy_var(template, to):
    shutil.rmtree(to, ignore_errors=True)
    shutil.copytree(template, to,
                    ignore=shutil.ignore_patterns("hokend.sock"))
    return to
