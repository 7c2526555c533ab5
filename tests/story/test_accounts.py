"""Accounts on the manager's page and by hokenctl; the page she asked for."""
import contextlib
import json
import sqlite3

import pytest
from reader import Reader
from staff import OWN, choose, enter, office as open_office

PAGE = "/staff/accounts"


@pytest.fixture
def office(daemon):
    return open_office(daemon)


def given(page):
    """The one-time password that the page tells."""
    return page.body.split('<p class="code">')[1].split("<")[0]


def add(office, name, role="staff", advisor=""):
    page = office.get(PAGE)
    return office.post(PAGE, {"guard": page.value("guard"), "name": name,
                              "role": role, "advisor": advisor})


def press(office, name, what):
    guard = office.get(PAGE).value("guard")
    return office.post(f"{PAGE}/{name}/{what}", {"guard": guard})


def test_a_new_account_comes_in(office, daemon):
    page = add(office, " ＨＡＲＵ ", "advisor", "career")
    assert page.status == 200 and "haruさん" in page.text
    once = given(page)
    assert once not in office.get(PAGE).body
    assert "まだログインしていません" in office.get(PAGE).text
    haru = Reader(daemon.url)
    assert choose(haru, enter(haru, "haru", once), OWN).path == "/staff"
    assert haru.get(PAGE).status == 403
    assert "アカウント" not in haru.get("/staff").text
    assert "まだログイン" not in office.get(PAGE).text


@pytest.mark.parametrize("name, role, advisor, told", [
    ("x", "staff", "", "長さが合いません"),
    ("ゆき", "staff", "", "使えない文字"),
    ("yuki", "queen", "", "役割を選んで"),
    ("yuki", "advisor", "", "どの相談員か"),
    ("yuki", "advisor", "nobody", "どの相談員か"),
    ("yuki", "staff", "career", "役割が相談員のときだけ"),
    ("staff", "staff", "", "同じ名前"),
])
def test_a_refused_account_says_why(office, name, role, advisor, told):
    page = add(office, name, role, advisor)
    assert page.status in (409, 422) and told in page.text
    assert page.title.startswith("エラー：") and page.value("name") == name
    assert 'class="code"' not in page.body


def test_a_forgotten_password(office, daemon):
    yuki = Reader(daemon.url)
    choose(yuki, enter(yuki, "yuki", given(add(office, "yuki"))), OWN)
    once = given(press(office, "yuki", "password"))
    assert yuki.get("/staff").path == "/sign-in"    # its sitting has ended
    assert enter(yuki, "yuki", OWN).status == 422
    assert enter(yuki, "yuki", once).path == "/password"


def test_a_disabled_account_stays_out(office, daemon):
    yuki = Reader(daemon.url)
    choose(yuki, enter(yuki, "yuki", given(add(office, "yuki"))), OWN)
    page = press(office, "yuki", "disable")
    assert page.path == PAGE and "停止中" in page.text
    assert yuki.get("/staff").path == "/sign-in"
    assert enter(yuki, "yuki", OWN).status == 422
    assert "停止中" not in press(office, "yuki", "enable").text
    assert enter(yuki, "yuki", OWN).path == "/staff"


def test_each_change_leaves_a_line(office, daemon):
    add(office, "yuki")
    for what in ("password", "disable", "enable"):
        press(office, "yuki", what)
    path = f"file:{daemon.var / 'hokend.db'}?mode=ro"
    with contextlib.closing(sqlite3.connect(path, uri=True)) as db:
        whose = dict(db.execute("SELECT name, id FROM account"))
        lines = db.execute("SELECT action FROM audit WHERE account = ?"
                           " ORDER BY id", (whose["staff"],)).fetchall()
    assert [line for line, in lines if "_account" in line] == [
        f"{what}_account {whose['yuki']}"
        for what in ("add", "reset", "disable", "enable")]


def test_nobody_shuts_her_own_door(office):
    for what in ("disable", "password"):
        page = press(office, "staff", what)
        assert page.status == 409 and "自分のアカウント" in page.text
    assert office.get(PAGE).status == 200
    assert press(office, "nobody", "disable").status == 409


def test_the_operator_is_the_way_back_in(office, daemon):
    def ctl(*words, status=0):
        done = daemon.ctl("account", *words)
        assert done.returncode == status, (done.stdout, done.stderr)
        return done

    once = ctl("reset", "staff").stdout.split()[-1]
    assert office.get("/staff").path == "/sign-in"
    assert enter(office, "staff", once).path == "/password"
    assert "Nobody could manage" in ctl("disable", "staff", status=1).stderr
    assert "no account" in ctl("reset", "nobody", status=1).stderr
    ctl("add", "rika", "--role", "manager")
    assert ctl("disable", "staff").stdout.split() == ["disabled", "staff"]
    # A manager who is out is none that is left.
    assert "Nobody could manage" in ctl("disable", "rika", status=1).stderr
    table = [line.split() for line in ctl("list").stdout.splitlines()]
    assert table[0][0] == "NAME"
    assert table[1] == ["rika", "manager", "one-time"]
    assert table[2][0::3] == ["staff", "disabled"], table
    assert ctl("enable", "staff").stdout.split() == ["enabled", "staff"]
    listed = json.loads(daemon.ctl("--json", "account", "list").stdout)
    assert [a["disabled"] for a in listed["accounts"]] == [False, False]
    assert listed["accounts"][1]["last_sign_in"].startswith("2026-06-29T")


@pytest.mark.parametrize("asked, lands", [
    ("/staff/usage?from=2026-06-01", "/staff/usage?from=2026-06-01"),
    ("/staff/feeds", "/staff/feeds"),
    ("/staff", "/staff"),
])
def test_she_lands_where_she_wanted(office, daemon, asked, lands):
    reader = Reader(daemon.url)
    page = reader.get(asked)
    assert page.path == "/sign-in"
    page = reader.press(page, "ログインする", name="staff", password="no no no")
    assert page.status == 422       # the page is kept in the form
    page = reader.press(page, "ログインする", name="staff", password=OWN)
    assert page.url == daemon.url + lands


@pytest.mark.parametrize("evil", [
    "https://evil.example/", "//evil.example/staff", "/staff.evil",
    "/staffroom", "/staff/\\evil", "/staff/\r\nSet-Cookie: a=b", "/visit",
    "/staff/" + "x" * 600, "/staff/あ", "javascript:alert(1)", ""])
def test_nobody_is_led_astray(office, daemon, evil):
    reader = Reader(daemon.url)
    page = reader.get("/sign-in")
    page = reader.press(page, "ログインする", name="staff", password=OWN,
                        to=evil)
    assert page.url == daemon.url + "/staff"
