"""The staff door: one-time password, sittings, tries, rights."""
import http.client
import re
import time
import urllib.parse

import pytest
from reader import Reader
from staff import OWN, choose, enter, office as open_office, one_time

STAFF_PAGES = ("/staff", "/staff/day", "/staff/usage", "/staff/feeds")


@pytest.fixture
def reader(daemon):
    return Reader(daemon.url)


@pytest.fixture
def office(daemon, reader):
    return open_office(daemon, reader)


def test_nobody_comes_in_unasked(reader):
    for path in STAFF_PAGES + ("/password",):
        page = reader.get(path)
        assert page.path == "/sign-in" and page.status == 200, path
    for path in ("/staff/outcome", "/staff/open", "/password"):
        assert reader.post(path, {"code": "1"}).path == "/sign-in", path
    assert reader.post("/sign-in", {"name": "staff", "password": OWN}
                       ).status == 403


def test_a_one_time_password_must_be_changed(daemon, reader):
    given = one_time(daemon)
    page = enter(reader, "staff", given)
    assert page.path == "/password"
    assert "1回かぎり" in page.text
    for path in STAFF_PAGES:
        assert reader.get(path).path == "/password", path
    before = reader.fork()
    assert choose(reader, page, OWN).path == "/staff"
    assert reader.get("/staff/usage").path == "/staff/usage"
    assert before.get("/staff").path == "/sign-in"  # its sitting has ended
    other = Reader(daemon.url)
    assert enter(other, "staff", given).status == 422
    assert enter(other, "ＳＴＡＦＦ ", OWN).path == "/staff"


@pytest.mark.parametrize("new, again, told", [
    ("short", None, "いま5文字"),
    ("", None, "いま0文字"),
    ("あいうえおかきくけ", None, "いま9文字"),
    ("x" * 201, None, "200文字まで"),
    ("aaaaaaaaaaaa", None, "当てられやすい"),
    ("the staff of here", None, "ログイン名が入っています"),
    ("tab\there and there", None, "目に見えない文字"),
    (OWN, OWN + "!", "2か所のパスワード"),
])
def test_a_refused_password_says_why(daemon, reader, new, again, told):
    page = choose(reader, enter(reader, "staff", one_time(daemon)), new,
                  again)
    assert page.status == 422 and page.path == "/password"
    assert page.title.startswith("エラー：") and told in page.text
    assert new == "" or new not in page.body
    assert choose(reader, page, OWN).path == "/staff"


def test_the_same_password_again_is_refused(daemon, reader):
    given = one_time(daemon)
    page = choose(reader, enter(reader, "staff", given), given)
    assert page.status == 422 and "同じです" in page.text


def test_a_change_asks_for_the_old_one(office):
    page = office.get("/password")
    page = choose(office, page, "another quiet day", old="wrong wrong")
    assert page.status == 422 and "いまのパスワードと違う" in page.text
    page = choose(office, page, "another quiet day", old=OWN)
    assert page.path == "/staff"


def test_unknown_name_and_wrong_password_answer_alike(office, daemon):
    reader = Reader(daemon.url)
    seen = {}
    for name in ("staff", "nobody"):
        began = time.monotonic()
        page = enter(reader, name, "wrong wrong wrong")
        seen[name] = (page.status, page.title, page.text,
                      time.monotonic() - began)
        assert page.value("name") == name and "wrong wrong" not in page.body
    assert seen["staff"][:3] == seen["nobody"][:3]
    slow, fast = seen["staff"][3], seen["nobody"][3]
    assert 0.2 < slow / fast < 5, seen


def test_both_fields_are_needed(reader):
    assert "両方" in enter(reader, "staff", "").text
    assert "両方" in enter(reader, "", "x").text


def test_signing_out_ends_the_sitting(office):
    copy = office.fork()
    page = office.get("/staff")
    assert office.get("/sign-in").path == "/staff"
    assert office.press(page, "ログアウト").path == "/sign-in"
    assert not [c for c in office.jar if c.name == "sitting"]
    assert copy.get("/staff").path == "/sign-in"


def test_a_new_sign_in_is_a_new_sitting(office):
    copy = office.fork()
    page = Reader(office.base)
    page = page.get("/sign-in")
    office.post("/sign-in", {"guard": page.value("guard"), "name": "staff",
                             "password": OWN})
    assert office.get("/staff").path == "/staff"
    assert copy.get("/staff").path == "/sign-in"


def from_peer(daemon, peer, guard, name, password):
    connection = http.client.HTTPConnection(
        "127.0.0.1", daemon.port, timeout=30, source_address=(peer, 0))
    connection.request("POST", "/sign-in", urllib.parse.urlencode(
        {"guard": guard, "name": name, "password": password}),
        {"Content-Type": "application/x-www-form-urlencoded",
         "Accept-Language": "ja"})
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return answer.status, body


def test_guessing_is_slowed_and_locks_nobody_out(office, daemon):
    guard = Reader(daemon.url).get("/sign-in").value("guard")
    for _ in range(10):
        status, _ = from_peer(daemon, "127.0.0.9", guard, "staff", "guess")
        assert status == 422
    status, body = from_peer(daemon, "127.0.0.9", guard, "staff", OWN)
    assert status == 429 and "1時間" in body
    status, _ = from_peer(daemon, "127.0.0.8", guard, "staff", OWN)
    assert status == 303


def test_an_advisor_sees_no_figures(office, daemon):
    answer = daemon.operator.post(
        "/accounts", {"name": "haru", "role": "advisor",
                      "advisor": "career"})
    assert answer.status == 201, answer
    haru = Reader(daemon.url)
    page = enter(haru, "haru", answer.json["one_time_password"])
    assert choose(haru, page, OWN).path == "/staff"
    assert haru.get("/staff/usage").status == 403
    assert office.get("/staff/usage").status == 200


def test_english(reader):
    page = reader.get("/sign-in?lang=en")
    assert page.h1 == "Sign in"
    page = reader.press(page, "Sign in", name="x", password="y")
    assert page.title.startswith("Error") and "does not match" in page.text
