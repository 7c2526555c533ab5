"""The first page, free times and errors, as a browser without JavaScript
sees them on the Monday morning of 2026-06-29."""

import datetime
import gzip
import html
import re

import pytest
from conftest import TRIAL
from post import ROOM
from reader import Reader

MONDAY = datetime.date(2026, 6, 29)
KANA = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
MOMENT = re.compile(r"2026年\d{1,2}月\d{1,2}日（[月火水木金土日]）"
                    r"\d{1,2}:\d\d～\d{1,2}:\d\d")


@pytest.fixture
def reader(daemon):
    return Reader(daemon.url)


@pytest.fixture
def english(daemon):
    return Reader(daemon.url, "en-GB,en;q=0.9,ja;q=0.1")


def times(page):
    return re.findall(r'datetime="(2026[^"]*T[^"]*)"', page.body)


def test_first_page(reader):
    page = reader.get("/")
    assert page.status == 200
    assert page.title == "キャリアの保健室"
    assert "話すことが決まっていなくても、大丈夫です" in page.text
    for promise in ("無料", "秘密", "勤め先には伝えません", "予約なしで"):
        assert promise in page.text
    cards = [href for href, _ in page.links if "theme=" in href]
    assert [c.split("=")[1] for c in cards] == [
        "career", "communication", "health", "money", "startup"]
    assert "まだ言葉にならない" in page.text
    assert "2026年6月29日（月）13:00～14:00" in page.text
    assert len(MOMENT.findall(page.text)) == 7     # six cards, walk-in
    assert "0166-00-0000" in page.text
    for href, label in page.links:
        if href.startswith("/"):
            assert reader.get(href).status == 200, label


def test_cards_carry_one_worry_or_two(start, tmp_path):
    room = tmp_path / "room.conf"
    room.write_text(ROOM.replace('short_ja = "健康"', """short_ja = "健康"
        worry_ja = "眠れません。

        つかれます。" age_ja = "20代

        50代" worry_en = "I cannot sleep." """))
    daemon = start(room=room)
    said = re.compile(r'<p class="say"([^>]*)>(.*?)</p>')
    for lang, cards in (
            ("ja", [("", '「眠れません。」<span class="sub">20代</span>'),
                    ("", '「つかれます。」<span class="sub">50代</span>')]),
            ("en", [("", '“I cannot sleep.” ')])):
        page = Reader(daemon.url, lang).get("/")
        assert said.findall(page.body) == cards
        assert daemon.api.get("/themes", lang=lang).json["themes"][0][
            "worry"].startswith(cards[0][1][1:5])


def test_minutes_are_read_right(start, tmp_path):
    for minutes, reading in ((10, "ぷん"), (15, "ふん"), (8, "ぷん")):
        room = tmp_path / f"{minutes}.conf"
        room.write_text(ROOM.replace("hold_minutes = 10",
                                     f"hold_minutes = {minutes}"))
        page = Reader(start(room=room).url, "easy").get("/slots")
        assert f"{minutes}分（{reading}）の 間" in page.text


def test_english(english):
    for path in ("/", "/slots", "/slots?t=morning&channel=online", "/nope"):
        page = english.get(path)
        assert '<html lang="en">' in page.body
        assert page.headers["Content-Language"] == "en"
        words = page.text.replace("日本語", "").replace(
            "やさしい（にほんご）", "")
        assert not KANA.search(words + page.title), path
    assert "Monday, 29 June 2026, 13:00–14:00" in english.get("/").text


def test_language_is_kept(daemon):
    reader = Reader(daemon.url, "fr")
    assert '<html lang="ja">' in reader.get("/").body
    page = reader.get("/slots?theme=health&t=daytime")
    link = page.link("English")
    assert link == "/slots?theme=health&t=daytime&lang=en"
    page = reader.get(link)
    assert page.title == "Free times – Career Infirmary"
    assert '<html lang="en">' in reader.get("/").body
    assert reader.get("/slots?lang=xx").status == 200
    assert '<html lang="en">' in reader.get("/slots?lang=xx").body


def test_free_times(reader):
    page = reader.get("/slots")
    assert [f.action for f in page.forms if f.method == "post"] == [
        "/holds", "/demand"]
    assert len(page.slots()) > 20
    assert times(page) == sorted(times(page))
    assert times(page)[-1] < "2026-07-13T00"
    assert "きょう" in page.text and "あす" in page.text
    later = reader.follow(page, "つぎの2週間")
    assert times(later)[0] >= "2026-07-13"
    assert times(reader.follow(later, "まえの2週間")) == times(page)
    while any("つぎの2週間" in label for _, label in later.links):
        later = reader.follow(later, "つぎの2週間")
        assert later.status == 200
    assert "まえの2週間" in later.text


@pytest.mark.parametrize("query, keeps", [
    ("channel=online", lambda b: "オンライン" in b and "対面" not in b),
    ("channel=in_person", lambda b: "対面" in b),
    ("t=evening", lambda b: int(hour(b)) >= 17),
    ("t=morning&t=weekend", lambda b: int(hour(b)) < 12 or "（土）" in b),
    ("long=1", lambda b: "長めも可" in b),
    ("place=hall&theme=money", lambda b: "（木）" in b and "対面" in b),
])
def test_filters(reader, query, keeps):
    page = reader.get("/slots?" + query)
    assert page.slots()
    for button in page.slots():
        assert keeps(" ".join(button.text.split())), button.text


def hour(text):
    return re.search(r"(\d+):\d\d～", text).group(1)


def test_what_has_no_words_yet_goes_to_those_who_take_any_talk(reader, start):
    page = reader.follow(reader.get("/"), "まだ言葉にならない")
    listeners = ("キャリアコンサルタント", "社会福祉士・コーチ")
    assert len(page.slots()) > 8
    assert all(who in page.text for who in listeners)
    assert "保健師" not in page.text and "起業コンサル" not in page.text
    page = reader.get(page.link("つぎの2週間"))
    assert page.slots() and "保健師" not in page.text
    page = reader.follow(page, "ほかの話の時間も見る")
    assert "保健師" in page.text
    page = reader.get("/slots?anything=1&channel=online&t=weekend")
    assert "条件をゆるめると" in page.text or "を問わなければ" in page.text
    other = Reader(start(room=TRIAL, rehearse="2024-07-01T09:00:00+09:00").url)
    assert "anything=1" not in other.get("/").body, "there anybody listens"


def test_the_board_of_today_and_tomorrow(reader, start):
    page = reader.get("/")
    soon = reader.get("/slots?soon=1").slots()
    assert [b.attrs["value"] for b in page.slots()] == [
        b.attrs["value"] for b in soon][:4]
    assert page.link("きょう・あすの空きをもっと見る") == "/slots?soon=1"
    assert reader.press(page, page.slots()[0]).path == "/contact"
    page = Reader(start(rehearse="2026-06-27T09:00:00+09:00").url).get("/")
    assert not page.slots()
    assert "きょうとあすは、空いている時間がありません" in page.text


@pytest.mark.parametrize("query, says", [
    ("channel=online&t=morning", "時間帯を問わなければ"),
    ("channel=online&theme=health", "会いかたを問わなければ"),
    ("theme=health&t=weekend", "を問わなければ"),
    ("soon=1&t=weekend", "きょうとあすは、空いている時間がありません"),
    ("soon=1&theme=startup", "きょうとあすは、空いている時間がありません"),
    ("theme=health&channel=online&t=weekend&long=1", "条件をゆるめると"),
])
def test_never_a_dead_end(reader, query, says):
    page = reader.get("/slots?" + query)
    assert page.status == 200
    assert says in page.text
    assert page.slots(), query
    assert "0166-00-0000" in page.text


@pytest.mark.parametrize("query, status, says", [
    ("from=2026-02-31", 200, "日付が読みとれなかったので"),
    ("from=tomorrow", 200, "日付が読みとれなかったので"),
    ("from=2031-01-01", 200, "まだ始まっていません"),
    ("from=2020-01-01", 200, "きょう"),
    ("theme=nonsense", 200, "条件の一部が読みとれなかった"),
    ("place=' OR 1=1", 200, "条件の一部が読みとれなかった"),
    ("channel=carrier_pigeon", 200, "条件の一部が読みとれなかった"),
    ("t=noonish&t=morning", 200, "条件の一部が読みとれなかった"),
    ("theme=%FF%FE", 400, "読みとれませんでした"),
    ("&".join("t=%d" % n for n in range(99)), 400, "読みとれませんでした"),
])
def test_odd_addresses(reader, query, status, says):
    page = reader.get("/slots?" + query.replace(" ", "%20"))
    assert page.status == status
    assert says in page.text
    if status == 200:
        assert page.slots()
    else:
        assert page.title.startswith("エラー：")


def test_errors(reader, english):
    page = reader.get("/no/such/page")
    assert page.status == 404
    assert page.title == "エラー：ページが見つかりません｜キャリアの保健室"
    assert "空いている時間を見る" in page.text
    page = english.post("/slots", {"a": "b"})
    assert page.status == 405
    assert page.title.startswith("Error: ")
    assert "GET" in page.headers["Allow"]
    assert "en" in page.link("English")


def test_headers(reader):
    for path in ("/", "/slots", "/nope"):
        page = reader.get(path)
        policy = page.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert page.headers["Referrer-Policy"] == "same-origin"
        assert page.headers["Cache-Control"] == "no-cache"
        assert " style=" not in page.body
        assert page.body.count("<script") == len(re.findall(
            r'<script src="/static/[0-9a-f]+/\w+\.js" defer></script>',
            page.body)) == 1
        assert not re.search(r"<[^>]* on\w+=", page.body)
    page = reader.get("/manage")
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["Cache-Control"] == "no-store"
    assert "キャリア" not in page.body


def test_first_visit_is_light(reader):
    for path in ("/", "/slots"):
        page = reader.get(path)
        files = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page.body))
        whole = len(gzip.compress(page.body.encode(), 6))
        for name in files:
            whole += len(gzip.compress(reader.get(name).body.encode(), 6))
        assert 1 + len(files) <= 6
        assert whole <= 30 * 1024


def crowded():
    """Frames of a quarter in five places: a day of them is no page."""
    room = ROOM.replace("slot_minutes = 30", "slot_minutes = 15").replace(
        "window_days = 30", "window_days = 2")
    things = room[room.index('place "hall"'):]
    return room + "".join(
        things.replace('"hall"', f'"hall{n}"').replace('"nurse"', f'"nurse{n}"')
        .replace('"day"', f'"day{n}"') for n in range(4))


@pytest.mark.parametrize("lang, room, days", [
    ("ja", ROOM, 31), ("easy", ROOM, 31), ("en", ROOM, 31),
    ("easy", crowded(), 3)], ids=["ja", "easy", "en", "crowded"])
def test_a_big_room_is_shown_in_parts(start, tmp_path, lang, room, days):
    """No page is too long to be sent, and no time is lost between two."""
    big = tmp_path / "big.conf"
    big.write_text(room)
    daemon = start(room=big)
    free = {slot["id"] for day in range(days + 1) for slot in daemon.api.slots(
        from_=str(MONDAY + datetime.timedelta(day)),
        to=str(MONDAY + datetime.timedelta(day + 1)))}
    reader, path, shown, pages = Reader(daemon.url), f"/slots?lang={lang}", [], 0
    while path:
        page = reader.get(path)
        assert page.status == 200
        shown += [button.attrs["value"] for button in page.slots()]
        following = re.search('href="([^"]*)" rel="next"', page.body)
        path = following and html.unescape(following[1])
        pages += 1
    assert len(shown) == len(set(shown)) and set(shown) == free
    assert pages > 3  # two weeks are more than one
