"""No time suits: one touch counts the conditions and knows nobody."""

import sqlite3

import pytest
from reader import Reader
from staff import office

SAY = "合う時間がない、と伝える"
THANKS = "お知らせくださり、ありがとうございます"
PERIOD = {"from": "2026-06-29", "to": "2026-06-29"}


def unmet(daemon):
    return daemon.operator.get("/usage", PERIOD).json["unmet"]


@pytest.mark.parametrize("query, told", [
    ("", {}),
    ("theme=health&channel=online&t=evening&t=weekend",
     {"theme": "health", "channel": "online",
      "times": ["evening", "weekend"]}),
    ("anything=1&long=1&place=hall",
     {"anything": True, "longer": True, "place": "hall"}),
    ("soon=1&t=morning", {"soon": True, "times": ["morning"]}),
    ("theme=nonsense&t=noonish", {}),
])
def test_one_touch_counts_the_conditions(daemon, query, told):
    reader = Reader(daemon.url)
    page = reader.get("/slots?" + query)
    assert SAY in page.text and THANKS not in page.text
    page = reader.press(page, SAY)
    assert (page.status, page.path) == (200, "/slots")
    assert THANKS in page.text and SAY not in page.text
    assert page.slots(), "she still sees what there is"
    assert not reader.jar, "no cookie"
    assert unmet(daemon) == [{
        "theme": None, "channel": None, "place": None, "times": [],
        "longer": False, "soon": False, "anything": False, **told,
        "told": 1}]


def test_the_most_told_comes_first(daemon):
    reader = Reader(daemon.url)
    for query, times in (("t=weekend", 1), ("t=evening", 3)):
        page = reader.get("/slots?" + query)
        for _ in range(times):
            reader.press(page, SAY)
    assert [(u["times"], u["told"]) for u in unmet(daemon)] == [
        (["evening"], 3), (["weekend"], 1)]
    shown = daemon.ctl("usage", "--from", "2026-06-29", "--to", "2026-06-29")
    assert shown.stdout.splitlines()[-2:] == ["   3  evening", "   1  weekend"]
    page = office(daemon).get("/staff/usage?from=2026-06-29&to=2026-06-29")
    part = page.text.split("合う時間がなかった条件")[1]
    assert "夕方・夜" in part and part.index("夕方・夜") < part.index("土日")
    assert "この期間には、ありません。" not in part


def test_one_network_is_not_many(daemon):
    reader = Reader(daemon.url)
    page = reader.get("/slots")
    for _ in range(15):
        assert THANKS in reader.press(page, SAY).text
    assert unmet(daemon)[0]["told"] == 12


def test_it_needs_a_form_of_ours_and_holds_nobody(daemon):
    reader = Reader(daemon.url)
    assert reader.post("/demand", {}).status == 403
    page = reader.get("/slots?theme=money")
    assert reader.get("/demand?theme=money").status == 405
    reader.press(page, SAY)
    daemon.stop()
    rows = sqlite3.connect(daemon.var / "hokend.db").execute(
        "SELECT * FROM demand").fetchall()
    assert len(rows) == 1 and all(
        isinstance(cell, int) or cell == "" for cell in rows[0])
    assert daemon.log.read_text().count("money") == 0
