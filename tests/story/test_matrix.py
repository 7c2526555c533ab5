"""Every route x everybody: who gets in is written in one table, and a route
without a line in it fails.

  in    the handler answered: the page, or what is wrong with the request
  door  303 to /sign-in, or 401
  no    403
  gone  404, as for what does not exist
"""
import http.client
import re
import urllib.parse

import pytest
from conftest import HOUSE, UnixConnection
from reader import Reader
from staff import OWN, choose, enter

EVERYBODY = ("nobody", "staff", "manager", "advisor", "operator")
ROUTE = re.compile(r'\{ (GET|POST|PUT|DELETE), "([^"]+)", \w+, (\w+)')
STREAM = "text/event-stream; charset=utf-8"     # has no end to wait for
TABLE = {}
for line in (HOUSE / "tests/story/matrix.txt").read_text().splitlines():
    if line and not line.startswith("#"):
        method, path, *classes = line.split()
        TABLE[method, path] = classes


def routes():
    text = (HOUSE / "server/web/routes.c").read_text()
    found = [match.groups() for match in ROUTE.finditer(text)]
    assert len(found) == len(re.findall(r"^\t\{ [A-Z]", text, re.M))
    return [(method, path) for method, path, _ in found]


class Somebody:
    """Asks without following, with her cookie and her guard."""

    def __init__(self, daemon, who):
        self.daemon, self.who = daemon, who
        self.cookie = self.guard = ""
        if who in ("staff", "manager", "advisor"):
            made = {"name": "mona-" + who, "role": who}
            if who == "advisor":
                made["advisor"] = "health"
            made = daemon.operator.post("/accounts", made).json
            self.name, self.given = made["name"], made["one_time_password"]
            self.sit(choose)

    def sit(self, then=None):
        reader = Reader(self.daemon.url)
        page = enter(reader, self.name, self.given if then else OWN)
        if then:
            page = then(reader, page, OWN)
        assert page.path == "/staff", page.text
        self.cookie = "; ".join(f"{c.name}={c.value}" for c in reader.jar)
        self.guard = reader.get("/password").value("guard")

    def ask(self, method, path, fields):
        headers = {"Cookie": self.cookie, "X-Guard": self.guard}
        body = None
        if method == "PUT" or path.startswith("/api/"):
            headers["Content-Type"] = "application/json"
            body = b"{}" if method in ("POST", "PUT") else None
            if path.endswith("/outcome"):
                body = b'{"outcome": "attended"}'
        elif method == "POST":
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            fields = {"guard": self.guard, **fields}
            body = urllib.parse.urlencode(fields).encode()
        if self.who == "operator":
            connection = UnixConnection(self.daemon.sock, 30)
        else:
            connection = http.client.HTTPConnection(
                "127.0.0.1", self.daemon.port, timeout=30)
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        if answer.getheader("Content-Type", "") != STREAM:
            answer.read()
        connection.close()
        return answer.status, answer.getheader("Location") or ""


def class_of(status, location):
    assert status < 500, status
    if status == 401 or location.startswith("/sign-in"):
        return "door"
    return {403: "no", 404: "gone"}.get(status, "in")


@pytest.mark.parametrize("whose", ["own", "other"])
def test_who_gets_in(daemon, whose):
    """`own` is a booking of the advisor who asks, `other` of another one."""
    theme = "health" if whose == "own" else "money"
    code = daemon.api.book(daemon.api.slots(theme=theme)[0])["code"]
    wrong = []
    for who in EVERYBODY:
        body = Somebody(daemon, who)
        # Leaving comes last.
        for method, path in sorted(routes(), key=lambda r: r[1] == "/sign-out"):
            asked = (path.replace(":code", code).replace(":name", "nobody")
                     .replace(":id", "7").replace(":token", "x")
                     .replace(":file", "x.ics").replace(":rest", "x"))
            got = class_of(*body.ask(method, asked, {
                "code": code.replace("-", ""), "outcome": "attended"}))
            line = TABLE.get((method, path))
            if line is None:
                wrong.append(f"no line for {method} {path}: {who} {got}")
                continue
            wanted = line[EVERYBODY.index(who)]
            if "/" in wanted:
                wanted = wanted.split("/")[whose == "other"]
            if got != wanted:
                wrong.append(f"{who} {method} {path}: {got}, not {wanted}")
    assert not wrong, "\n".join(wrong)


def test_no_form_without_its_guard(daemon):
    """A manager's browser sends what another site told it to."""
    manager = Somebody(daemon, "manager")
    manager.guard = "x"
    for method, path in routes():
        if method == "POST" and path.startswith(
                ("/staff", "/password", "/sign-out")):
            asked = re.sub(r":\w+", "7", path.replace(":name", manager.name))
            assert manager.ask(method, asked, {}) == (403, ""), path


def test_no_line_is_left_over():
    assert set(TABLE) <= set(routes())
