"""Flyers: an address that never ends, and counts that know nobody."""
import http.client
import sqlite3

import pytest
from reader import Reader
from staff import office


def add(daemon, name="市立病院の待合室", **more):
    answer = daemon.operator.post("/outlets", {"name": name, **more})
    assert answer.status == 201, answer
    return answer.json


def counts(daemon, code):
    for outlet in daemon.operator.get("/outlets").json["outlets"]:
        if outlet["code"] == code:
            return outlet["visits"], outlet["bookings"]


def ask(daemon, path, method="GET", **headers):
    connection = http.client.HTTPConnection("127.0.0.1", daemon.port,
                                            timeout=30)
    connection.request(method, path, None, {
        name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer


def test_it_lands_on_free_times(daemon):
    code = add(daemon)["code"]
    answer = ask(daemon, "/f/" + code)
    assert answer.status == 303
    assert answer.getheader("Location") == "/slots?outlet=" + code
    assert answer.getheader("Set-Cookie") is None
    assert answer.getheader("Cache-Control") == "no-store"
    assert counts(daemon, code) == (1, 0)


def test_what_was_printed_lands_for_ever(daemon):
    code = add(daemon, code="hall")["code"]
    daemon.operator.post("/outlets/hall/withdraw", {})
    for path in ("/f/hall", "/f/HALL", "/f/%EF%BD%88all"):
        assert ask(daemon, path).getheader("Location") == \
            "/slots?outlet=hall"
    for path in ("/f/nothing", "/f/%22%3E", "/f/" + "x" * 300):
        answer = ask(daemon, path)
        assert (answer.status, answer.getheader("Location")) == \
            (303, "/slots")
    assert counts(daemon, code) == (3, 0)


@pytest.mark.parametrize("method, headers", [
    ("HEAD", {}),
    ("GET", {"Sec_Purpose": "prefetch;prerender"}),
    ("GET", {"Purpose": "prefetch"}),
    ("GET", {"X_Moz": "prefetch"}),
    ("GET", {"User_Agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"}),
    ("GET", {"User_Agent": "facebookexternalhit/1.1;line-poker/1.0"}),
])
def test_what_nobody_opened_does_not_count(daemon, method, headers):
    code = add(daemon)["code"]
    assert ask(daemon, "/f/" + code, method, **headers).status == 303
    assert counts(daemon, code) == (0, 0)
    ask(daemon, "/f/" + code, User_Agent="Mozilla/5.0 (iPhone)")
    assert counts(daemon, code) == (1, 0)


def press_slot(reader, page):
    return reader.press(page, page.slots()[0])


def finish(reader, page):
    page = reader.press(page, "確認へ進む")
    return reader.press(page, "この時間で予約する")


def test_a_booking_is_counted_once_and_stored_nowhere(daemon):
    code = add(daemon)["code"]
    reader = Reader(daemon.url)
    page = reader.get("/f/" + code)
    assert page.path == "/slots"
    filtered = reader.get(f"/slots?outlet={code}&channel=online&t=evening")
    assert f'name="outlet" value="{code}"' in filtered.body
    # Without filters, in other weeks, with all themes: it goes along.
    own = [href for href, _ in filtered.links if href.startswith("/slots?")]
    assert own and all("outlet=" + code in href for href in own)
    page = finish(reader, press_slot(reader, page))
    assert page.path == "/done"
    assert counts(daemon, code) == (1, 1)
    # The next booking of this browser did not come by a flyer.
    page = finish(reader, press_slot(reader, reader.get("/slots")))
    assert page.path == "/done"
    assert counts(daemon, code) == (1, 1)
    daemon.stop()
    with sqlite3.connect(daemon.var / "hokend.db") as db:
        columns = [row[1] for row in db.execute("pragma table_info(booking)")]
        assert "outlet" not in columns
        assert db.execute("select visits from outlet_visit").fetchall() == \
            [(1,)]
        assert db.execute("select quarter, bookings from outlet_booking"
                          ).fetchall() == [(2026 * 4 + 1, 1)]


def test_another_hold_keeps_the_flyer(daemon):
    code = add(daemon)["code"]
    reader = Reader(daemon.url)
    press_slot(reader, reader.get("/f/" + code))
    finish(reader, press_slot(reader, reader.get("/slots")))
    assert counts(daemon, code) == (1, 1)


def test_counts_survive_a_restart(daemon):
    code = add(daemon)["code"]
    for _ in range(5):
        ask(daemon, "/f/" + code)
    daemon.restart(rehearse="2026-06-29T10:00:00+09:00")
    ask(daemon, "/f/" + code)
    assert counts(daemon, code) == (6, 0)


def test_staff_page(daemon):
    reader = office(daemon)
    page = reader.get("/staff/outlets")
    page = reader.press(page, "足す", name="", code="Ａ/Ｂ")
    assert page.status == 422 and page.title.startswith("エラー")
    assert 'value="Ａ/Ｂ"' in page.body
    page = reader.press(page, "足す", name="市立病院", code="ＨＰ")
    assert "市立病院" in page.body and "/f/<b>hp</b>" in page.body
    page = reader.press(page, "足す", name="別の", code="hp")
    assert page.status == 409 and 'value="別の"' in page.body
    page = reader.press(reader.get("/staff/outlets"), "印刷をやめる 市立病院")
    page = reader.press(page, "また印刷する 市立病院")
    assert "印刷をやめる" in page.body


def test_no_outlets_are_an_empty_table(start):
    listed = start().ctl("outlet", "list")
    assert listed.returncode == 0
    assert listed.stdout.split()[:2] == ["CODE", "NAME"]


def test_hokenctl(daemon):
    made = daemon.ctl("outlet", "add", "図書館")
    assert made.returncode == 0, made.stderr
    code, url = made.stdout.split()
    assert url == f"{daemon.url}/f/{code}"
    ask(daemon, "/f/" + code)
    line = daemon.ctl("outlet", "list").stdout.splitlines()[1].split()
    assert line == [code, "図書館", "1", "1", "0", "printed"]
    assert daemon.ctl("outlet", "add", "二つめ", code).returncode == 1
    assert "withdrawn" in daemon.ctl("outlet", "withdraw", code).stdout
    assert "withdrawn" in daemon.ctl("outlet", "list").stdout
    assert daemon.ctl("outlet", "restore", code).returncode == 0
    assert daemon.ctl("outlet", "withdraw", "none").returncode == 1


@pytest.mark.parametrize("query", [
    "size=a9", "size=A4", "discreet=2", "discreet=yes", "in=xx"])
def test_an_unknown_flyer_is_not_another_one(daemon, query):
    path = f"/outlets/{add(daemon, '棚')['code']}/flyer"
    assert daemon.operator.get(path).status == 200
    answer = daemon.operator.get(f"{path}?{query}")
    assert answer.status == 422
    assert answer.json["errors"][0]["field"] == query.split("=")[0]
    assert office(daemon).get(f"/staff{path}?{query}").status == 400


def test_hokenctl_refuses_an_unknown_size(daemon):
    code = add(daemon, "銀行の窓口")["code"]
    made = daemon.ctl("flyer", code, "--size", "a9")
    assert (made.returncode, made.stdout) == (1, "")
    assert "size" in made.stderr
    assert daemon.ctl("flyer", code, "--size", "a6",
                      "--discreet").returncode == 0
