"""Where an account is signed in: seen and ended by herself, by a manager,
by hokenctl; ended by a password and by disabling."""
import json
import time

import pytest
from reader import Reader
from staff import OWN, choose, enter, office as open_office

PAGE = "/staff/sittings"
PHONE = ("Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like "
         "Gecko) Chrome/126.0.0.0 Mobile Safari/537.36")


@pytest.fixture
def office(daemon):
    return open_office(daemon)


def signed_in(daemon, name="staff", password=OWN, agent=None):
    reader = Reader(daemon.url, agent=agent)
    assert enter(reader, name, password).path == "/staff"
    return reader


def rows(page):
    return page.text.count("最後に使ったとき：")


def yuki(office, daemon):
    """A staff account, signed in on one device."""
    made = daemon.operator.post("/accounts", {"name": "yuki",
                                              "role": "staff"}).json
    reader = Reader(daemon.url)
    page = enter(reader, "yuki", made["one_time_password"])
    assert choose(reader, page, OWN).path == "/staff"
    return reader


def end(reader, page, which, path=PAGE):
    return reader.post(path, {"guard": page.value("guard"), "sitting": which})


def ids(daemon, name="staff"):
    listed = daemon.operator.get(f"/accounts/{name}/sittings").json
    return [s["id"] for s in listed["sittings"]]


def test_she_sees_where_she_is_signed_in(office, daemon):
    phone = signed_in(daemon, agent=PHONE)
    page = phone.follow(phone.get("/staff"), "端末")
    assert page.path == PAGE and rows(page) == 2
    assert page.text.count("この端末のほか") == 1
    assert page.body.count('<span class="tag">この端末') == 1
    assert "Android・Chrome" in page.text and "わからない種類" in page.text
    assert "6月29日" in page.text and "9:00" in page.text
    assert "自分のパスワードを変える" in page.text
    # The header itself is nowhere, nor is a digest of a token.
    assert b"AppleWebKit" not in (daemon.var / "hokend.db").read_bytes()


def test_a_strange_header_is_not_kept(office, daemon):
    strange = signed_in(daemon, agent="<b>Evil yuki@example.jp Firefox/1")
    assert "Evil" not in strange.get(PAGE).body
    assert "Firefox" in strange.get(PAGE).text


def test_she_ends_one(office, daemon):
    phone, tablet = signed_in(daemon), signed_in(daemon)
    page = phone.get(PAGE)
    assert rows(page) == 3
    at = [s for s in page.body.split('name="sitting" value="')[1:]]
    which = at[0].split('"')[0]
    assert which.isdigit()
    assert rows(end(phone, page, which)) == 2
    gone = [r for r in (office, tablet)
            if r.get("/staff").path == "/sign-in"]
    assert len(gone) == 1
    # The second click, an unknown one and none at all end nothing.
    for again in (which, "7", "", "-1", "others'"):
        assert rows(end(phone, phone.get(PAGE), again)) == 2


def test_she_ends_all_others(office, daemon):
    phone, tablet = signed_in(daemon), signed_in(daemon)
    page = end(phone, phone.get(PAGE), "others")
    assert page.path == PAGE and rows(page) == 1
    assert "この端末のほか" not in page.text
    assert office.get("/staff").path == "/sign-in"
    assert tablet.get("/staff").path == "/sign-in"
    assert phone.get("/staff").path == "/staff"


def test_hers_are_hers_alone(office, daemon):
    hers = yuki(office, daemon)
    manager = ids(daemon)
    end(hers, hers.get(PAGE), manager[0])
    assert office.get("/staff").path == "/staff"
    assert ids(daemon) == manager
    assert hers.get("/staff/accounts/staff/sittings").status == 403


def test_a_manager_ends_those_of_others(office, daemon):
    hers = yuki(office, daemon)
    page = office.follow(office.get("/staff/accounts"),
                         "ログイン中の端末：1台")
    path = "/staff/accounts/yuki/sittings"
    assert page.path == path and rows(page) == 1
    assert "yukiさんがログイン中" in page.text
    assert "この端末" not in page.text.replace("この端末のほか", "")
    page = end(office, page, ids(daemon, "yuki")[0], path)
    assert page.path == path and "ありません" in page.text
    assert hers.get("/staff").path == "/sign-in"
    hers, second = (signed_in(daemon, "yuki") for _ in range(2))
    end(office, page, "others", path)
    for reader in (hers, second):
        assert reader.get("/staff").path == "/sign-in"
    assert office.get("/staff").path == "/staff"
    assert "ログイン中の端末：" not in office.get("/staff/accounts").text
    # Her own name leads to her own page.
    page = office.get("/staff/accounts/staff/sittings")
    assert "この端末" in page.text


def test_a_new_password_ends_the_others(office, daemon):
    phone = signed_in(daemon)
    page = phone.get("/password")
    assert "ログイン中の端末" in page.text
    assert choose(phone, page, "four quiet chairs", old=OWN).path == "/staff"
    assert office.get("/staff").path == "/sign-in"
    assert rows(phone.get(PAGE)) == 1


def test_a_guard_is_needed(office):
    assert office.post(PAGE, {"sitting": "others"}).status == 403


def test_hokenctl(office, daemon):
    signed_in(daemon, agent=PHONE)
    done = daemon.ctl("account", "sittings", "staff")
    assert done.returncode == 0, done.stderr
    table = done.stdout.splitlines()
    assert table[0].split() == ["SITTING", "SYSTEM", "BROWSER", "SINCE",
                                "LAST", "SEEN"]
    assert len(table) == 3 and "Android" in done.stdout
    one = ids(daemon)[0]
    done = daemon.ctl("account", "end", "staff", "--sitting", one)
    assert done.stdout.split() == ["ended", "1"]
    done = daemon.ctl("account", "end", "staff")
    assert done.stdout.split() == ["ended", "1"]
    assert office.get("/staff").path == "/sign-in"
    assert daemon.ctl("account", "end", "nobody").returncode == 1
    assert json.loads(daemon.ctl("--json", "account", "sittings",
                                 "staff").stdout) == {"sittings": []}


def seen(daemon):
    listed = daemon.operator.get("/accounts/staff/sittings").json["sittings"]
    return listed[0]["last_seen"] if listed else None


def test_seen_follows_and_idleness_ends(start):
    daemon = start(rehearse="2026-06-29T09:00:00+09:00,0")
    office = open_office(daemon)
    at = "2026-06-29T{}:00+09:00"
    daemon.restart(at.format("09:04") + ",0")
    office.get("/staff")
    assert seen(daemon) == at.format("09:00")
    daemon.restart(at.format("10:30") + ",0")
    assert office.get("/staff").path == "/staff"
    end_at = time.monotonic() + 10
    while seen(daemon) != at.format("10:30"):
        assert time.monotonic() < end_at
        time.sleep(0.02)
    daemon.restart(at.format("12:29") + ",0")
    assert seen(daemon) == at.format("10:30")
    daemon.restart(at.format("12:30") + ",0")
    assert seen(daemon) is None
    assert office.get("/staff").path == "/sign-in"
