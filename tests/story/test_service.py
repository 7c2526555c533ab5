"""Under a service manager: sockets handed over, READY, WATCHDOG, STOPPING;
and the port for gauges."""
import http.client
import os
import socket
import subprocess

import pytest

from conftest import HOKEND, HOUSE, MONDAY, WEEKDAY, free_port

SHELL = 'export LISTEN_PID=$$; exec 3<&0 </dev/null; exec "$@"'


class Manager:
    """As little of systemd as the protocol needs."""

    def __init__(self, folder, conf="", abstract=False):
        self.var = folder / "var"
        name = f"\0hokend-{os.getpid()}" if abstract else str(folder / "note")
        self.notes = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.notes.bind(name)
        self.notes.settimeout(20)
        self.conf = folder / "conf"
        self.conf.write_text(conf)
        self.env = {"PATH": os.environ["PATH"],
                    "NOTIFY_SOCKET": name.replace("\0", "@")}
        self.log = open(folder / "log", "wb")

    def run(self, listening, **env):
        command = ["sh", "-c", SHELL, "sh", HOKEND, "-f", self.conf, "-d",
                   self.var, "-r", WEEKDAY, "-p", str(free_port()),
                   "--rehearse", MONDAY]
        return subprocess.Popen(command, stdin=listening, cwd=HOUSE,
                                stdout=subprocess.DEVNULL, stderr=self.log,
                                env={**self.env, **env})

    def note(self):
        return self.notes.recv(4096).decode()


def status(port, path):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path)
    return connection.getresponse().status


def listening_socket(address="127.0.0.1"):
    listening = socket.socket()
    listening.bind((address, 0))
    listening.listen(16)
    return listening, listening.getsockname()[1]


@pytest.mark.parametrize("abstract", [False, True])
def test_socket_activation_and_signs_of_life(tmp_path, abstract):
    manager = Manager(tmp_path, abstract=abstract)
    listening, port = listening_socket()
    waiting = socket.create_connection(("127.0.0.1", port))
    waiting.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
    process = manager.run(listening, LISTEN_FDS="1", WATCHDOG_USEC="2000000")
    try:
        assert manager.note() == "READY=1"
        waiting.settimeout(10)
        assert waiting.recv(12) == b"HTTP/1.1 200"  # came before the start
        assert status(port, "/slots") == 200
        assert [manager.note(), manager.note()] == ["WATCHDOG=1"] * 2
        process.terminate()
        while (note := manager.note()) == "WATCHDOG=1":
            pass
        assert note == "STOPPING=1"
        assert process.wait(timeout=20) == 0
    finally:
        process.kill()
    # The socket is the manager's: whoever comes meanwhile waits for the next.
    socket.create_connection(("127.0.0.1", port), timeout=5).close()


def test_a_public_socket_needs_a_trusted_proxy(tmp_path):
    manager = Manager(tmp_path)
    listening, _ = listening_socket("0.0.0.0")
    process = manager.run(listening, LISTEN_FDS="1")
    assert process.wait(timeout=20) == 1
    assert "no_trusted_proxy" in (tmp_path / "log").read_text()


def test_port_for_gauges(start):
    port = free_port()
    daemon = start(conf=f"metrics_port = {port}\n")
    assert status(port, "/metrics") == 200
    for path in ("/", "/healthz", "/api/v1/themes", "/mail"):
        assert status(port, path) == 404
    assert status(daemon.port, "/metrics") == 404
