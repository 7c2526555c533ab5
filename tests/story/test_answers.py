"""Questions after booking and after the visit: answered once, shown in tens,
and kept so that nothing leads from an answer to a booking."""
import re
import sqlite3

import pytest
from reader import Reader
from staff import office

HEARD = ("flyer", "city", "search", "social", "friend", "work", "counter",
         "other")
AGES = ("20s", "30s", "40s", "50s")
BEHIND = "trusted_proxy = \"127.0.0.1\"\n"


class Behind(Reader):
    """Comes through a proxy from a network of her own."""

    def __init__(self, url, number):
        super().__init__(url)
        self.peer = ("X-Forwarded-For", f"10.1.{number}.7")

    def open(self, path, data=None, headers=()):
        return super().open(path, data, (*headers, self.peer))


def book(reader, theme=""):
    page = reader.get("/slots?theme=" + theme)
    page = reader.press(page, page.slots()[0])
    page = reader.press(page, "確認へ進む")
    page = reader.press(page, "この時間で予約する")
    assert page.path == "/done", page.text
    return page


def answer(reader, page, **answers):
    return reader.post("/done/answers", {
        "guard": page.value("guard"), **answers})


def card(reader, **answers):
    return reader.post("/card", {
        "guard": reader.get("/card").value("guard"), **answers})


def told(daemon, question):
    got = daemon.operator.get("/answers")
    assert got.status == 200, got
    return got.json["questions"][question]


def test_two_questions_once(daemon):
    reader = Reader(daemon.url)
    page = book(reader)
    assert "よろしければ、2つ教えて" in page.text
    before = reader.fork()
    page = reader.press(page, "答えを送る")         # nothing chosen
    assert page.path == "/done" and "2つ教えて" not in page.text
    assert "ありがとうございます" not in page.text

    reader = before
    page = reader.get("/done")
    twin = reader.fork()
    page = answer(reader, page, heard="flyer", age="30s")
    assert page.path == "/done" and "ありがとうございます" in page.text
    assert "2つ教えて" not in reader.get("/done").text
    # The other tab's press is thanked too and counts nothing.
    page = answer(twin, twin.get("/done"), heard="city")
    assert "ありがとうございます" in page.text
    for number in range(9):
        guest = Reader(daemon.url)
        answer(guest, book(guest), heard="search", age="x")
    assert told(daemon, "heard")["choices"] == {
        **dict.fromkeys(HEARD, 0), "flyer": 1, "search": 9}
    assert told(daemon, "age") == {"people": 0, "choices": {}, "periods": []}


def test_not_asked_of_who_comes_back(daemon):
    made = daemon.api.book(daemon.api.slots()[0])
    reader = Reader(daemon.url)
    reader.press(reader.get("/manage"), "予約を開く", code=made["code"],
                 words=made["passphrase"])
    page = reader.get("/done")
    assert page.path == "/done" and "2つ教えて" not in page.text
    guard = re.search(r'name="guard" value="([^"]+)"',
                      reader.get("/visit/cancel").body).group(1)
    reader.post("/done/answers", {"guard": guard, "heard": "flyer"})
    with sqlite3.connect(daemon.var / "hokend.db") as db:
        assert db.execute("select count(*) from answer_pool"
                          ).fetchone() == (0,)


@pytest.mark.parametrize("answers, status", [
    ({}, 422), ({"before": "2"}, 422), ({"after": "4", "again": "yes"}, 422),
    ({"before": "2", "after": "9"}, 422), ({"again": "nonsense"}, 422),
    ({"before": "2", "after": "4"}, 200), ({"again": "unsure"}, 200),
    ({"before": "1", "after": "5", "again": "yes"}, 200)])
def test_the_card(daemon, answers, status):
    reader = Reader(daemon.url)
    page = card(reader, **answers)
    assert page.status == status
    if status == 422:
        assert page.title.startswith("エラー")
        for name, value in answers.items():
            shown = f'name="{name}" value="{value}" checked' in page.body
            assert shown == (value in "12345" or value == "yes")
    else:
        assert "ありがとう" in page.text and not page.forms[1:]
    assert not [c for c in reader.jar if "visit" in c.name]


def test_cards_are_bounded(start):
    daemon = start(conf=BEHIND)
    reader = Behind(daemon.url, 0)
    got = [card(reader, again="yes").status for _ in range(9)]
    assert got == [200] * 8 + [429]
    assert card(Behind(daemon.url, 1), again="yes").status == 200


def test_no_path_back(start):
    """Thirty women book and answer; an examiner has the database."""
    daemon = start(conf=BEHIND)
    arrived = []
    boxes = set()
    for number in range(30):
        heard, age = HEARD[number % 8], AGES[number // 8]
        guest = Behind(daemon.url, number)
        page = answer(guest, book(guest), heard=heard, age=age)
        assert "ありがとうございます" in page.text
        arrived.append((heard, age))
        with sqlite3.connect(daemon.var / "hokend.db") as db:
            rows = db.execute("select count(*) from answer").fetchone()[0]
            assert rows == (number + 1) // 10 * 20     # in tens or not at all
            boxes.add(db.execute("select length(box) from answer_pool"
                                 ).fetchone())
    assert len(boxes) == 1                              # says not how many
    daemon.stop()
    with sqlite3.connect(daemon.var / "hokend.db") as db:
        assert [c[1] for c in db.execute("pragma table_info(answer)")] == [
            "key", "quarter", "question", "choice"]
        with pytest.raises(sqlite3.OperationalError, match="rowid"):
            db.execute("select rowid from answer")
        rows = db.execute("select * from answer where key > x''").fetchall()
    assert {row[1] for row in rows} == {2026 * 4 + 1}
    assert len({row[0] for row in rows}) == 60
    # By key, and by where the disk has them, which says how they were
    # written: neither is how they came, nor that backwards.
    disk = (daemon.var / "hokend.db").read_bytes()
    for order in (rows, sorted(rows, key=lambda row: disk.find(row[0]))):
        for question, place in (("heard", 0), ("age", 1)):
            lies = [row[3] for row in order if row[2] == question]
            came = [one[place] for one in arrived]
            assert sorted(lies) == sorted(came)
            assert lies != came and lies != came[::-1]


def test_a_batch_is_written_as_it_is_drawn(start):
    """The cells of a page lie as they were written, last first: an examiner
    sees that order, and it is not the order of arrival."""
    daemon = start(conf=BEHIND)
    came = []
    for number in range(10):
        guest = Behind(daemon.url, number)
        before, after = str(number // 5 + 1), str(number % 5 + 1)
        card(guest, before=before, after=after)
        came.append(f"{before}-{after}")
    daemon.stop()
    disk = (daemon.var / "hokend.db").read_bytes()
    with sqlite3.connect(daemon.var / "hokend.db") as db:
        keys = dict(db.execute("select choice, key from answer"))
    lies = sorted(came, key=lambda choice: disk.find(keys[choice]))
    assert lies != came and lies != came[::-1]
    assert sum(a == b for a, b in zip(lies, came)) < 6


def test_keys_do_not_follow_arrival(start):
    """Were keys drawn in order, the first ten, who are in their twenties,
    would stand before the last ten, who are in their fifties."""
    daemon = start(conf=BEHIND)
    for number in range(40):
        guest = Behind(daemon.url, number)
        answer(guest, book(guest), age=AGES[number // 10])
    with sqlite3.connect(daemon.var / "hokend.db") as db:
        lies = [AGES.index(row[0]) for row in db.execute(
            "select choice from answer where key > x''")]
    assert sorted(lies) == sorted(n // 10 for n in range(40))
    # Pairs in the order of arrival: about 300 of 600 when keys are random.
    later = sum(a < b for i, a in enumerate(lies) for b in lies[i + 1:])
    assert 120 < later < 480


def test_what_waits_is_sealed_and_outlives_a_restart(start):
    daemon = start(conf=BEHIND)
    for number in range(9):
        card(Behind(daemon.url, number), before="2", after="4")
    daemon.restart(rehearse="2026-06-29T10:00:00+09:00")
    for file in daemon.var.glob("hokend.db*"):
        assert b"feeling2-4" not in file.read_bytes()
    assert told(daemon, "feeling")["people"] == 0
    card(Behind(daemon.url, 9), before="2", after="4")
    assert told(daemon, "feeling")["people"] == 10
    with sqlite3.connect(daemon.var / "hokend.db") as db:
        db.execute("pragma wal_checkpoint")
    assert b"feeling2-4" in (daemon.var / "hokend.db").read_bytes()


def test_staff_see_tens(start):
    daemon = start(conf=BEHIND)
    reader = office(daemon)
    page = reader.follow(reader.get("/staff/usage"), "みなさんの答えを見る")
    assert page.text.count("まだ10人に満たない") == 6
    for number in range(10):
        guest = Behind(daemon.url, number)
        card(guest, before="2", after="4" if number < 7 else "1")
    page = reader.get("/staff/answers")
    assert page.text.count("まだ10人に満たない") == 3
    assert "10人が回答 2026年4月～2026年6月" in page.text
    assert re.search(r"軽くなった\s*7\s*70%", page.text)
    assert re.search(r"重くなった\s*3\s*30%", page.text)
    assert f"{daemon.url}/card" in page.text
    shown = daemon.ctl("answers").stdout
    assert re.search(r"feeling +10", shown)
    assert re.search(r"2-4 +7 +70\.0 %", shown)
    assert told(daemon, "feeling")["periods"] == [{
        "from": "2026-04", "until": "2026-06", "people": 10,
        "choices": told(daemon, "feeling")["choices"]}]
