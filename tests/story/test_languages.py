"""Three languages, none of which strays into another's pages."""

import re
import subprocess
from html.parser import HTMLParser

import pytest
from conftest import HOUSE, TRIAL, WEEKDAY
from reader import Reader
from test_gen import GEN

KANA = re.compile("[\u3041-\u30fa\u30fc\uff66-\uff9f]")
KANJI = re.compile("[\u3005\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
LANGS = ("ja", "easy", "en")
TAGS = {"ja": "ja", "easy": "ja", "en": "en"}
READ = ("title", "aria-label", "placeholder", "content", "alt")
VOID = ("meta", "link", "input", "br", "wbr", "img", "hr")


class Scripts(HTMLParser):
    """What is read on a page: its own words, those of ruby, and those of
    passages that are marked with `lang` below <html>."""

    def __init__(self, body):
        super().__init__()
        self.own, self.bases, self.readings = [], [], []
        self.lang, self.open = None, []
        self.feed(body)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "html":
            self.lang = attrs["lang"]
        elif not self.marked and "lang" not in attrs:
            self.own += [attrs[name] for name in READ if attrs.get(name)]
        if tag not in VOID:
            self.open.append((tag, tag != "html" and "lang" in attrs))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        tags = [tag for tag, _ in self.open]
        if self.marked or "rp" in tags or "style" in tags:
            return
        (self.readings if "rt" in tags else
         self.bases if "ruby" in tags else self.own).append(data)

    @property
    def marked(self):
        return any(marked for _, marked in self.open)


def keeps_to(page, lang):
    """The page is in one language; names typed by her are in none."""
    read = Scripts(page.body)
    own = "".join(read.own).replace("花子", "")
    assert read.lang == TAGS[lang], page.url
    assert "{" not in own and "|" not in own, page.url
    if lang == "en":
        assert not KANA.search(own) and not KANJI.search(own), (page.url, own)
    if lang == "easy":
        assert not KANJI.search(own), (page.url, KANJI.findall(own))
        assert read.bases and all(map(KANJI.search, read.bases)), page.url
        assert KANA.fullmatch("".join(read.readings).replace(" ", "")[0])
        assert not KANJI.search("".join(read.readings)), page.url
    else:
        assert not read.bases, page.url
    return page


@pytest.mark.parametrize("lang", LANGS)
def test_no_page_mixes_languages(daemon, lang):
    reader = Reader(daemon.url, lang)
    for path in ("/", "/slots", "/slots?t=evening&channel=online&long=1",
                 "/slots?theme=nonsense", "/slots?from=2031-01-01",
                 "/slots?soon=1&t=weekend", "/manage", "/contact", "/check",
                 "/privacy", "/accessibility", "/crisis", "/nope", "/mail",
                 "/slots?theme=%FF", "/manage/" + "A" * 38, "/forgotten",
                 "/card", "/card?thanks"):
        keeps_to(reader.get(path), lang)
    keeps_to(reader.post("/manage", {"code": "1", "words": "a b c"}), lang)
    keeps_to(reader.post("/check", {}), lang)


@pytest.mark.parametrize("lang", LANGS)
def test_her_visit_stays_in_her_language(daemon, lang):
    reader = Reader(daemon.url, lang)
    page = reader.get("/slots?theme=health")
    page = keeps_to(reader.press(page, page.slots()[0]), lang)
    contact = page.buttons[1]
    keeps_to(reader.press(page, contact, mail="yuki@example"), lang)
    page = keeps_to(reader.press(page, contact, name="花子",
                                 mail="yuki@example.ac.jp"), lang)
    keeps_to(reader.press(page, page.buttons[1]), lang)
    for path in ("/done?print", "/visit", "/visit/forget", "/visit/move?theme=",
                 "/visit/cancel"):
        keeps_to(reader.get(path), lang)
    page = reader.get("/visit/move")
    page = keeps_to(reader.press(page, page.slots()[0]), lang)
    keeps_to(reader.press(page, page.buttons[1]), lang)
    page = reader.get("/visit/cancel")
    keeps_to(reader.press(page, page.buttons[1]), lang)


def test_the_switch_keeps_the_place(daemon):
    reader = Reader(daemon.url)
    page = reader.get("/slots?theme=health&t=evening")
    for label, tag, lang in (("やさしい", "ja", "easy"), ("English", "en", "en"),
                             ("日本語", "ja", "ja")):
        page = reader.follow(page, label)
        assert page.url.endswith(f"/slots?theme=health&t=evening&lang={lang}")
        assert page.headers["Content-Language"] == tag
        keeps_to(page, lang)
    page = reader.press(page, page.slots()[0]
                        if page.slots() else page.buttons[0])
    easy = reader.get("/?lang=easy")
    assert easy.headers["Content-Language"] == "ja"
    keeps_to(reader.get("/slots"), "easy")       # by the cookie
    page = reader.press(reader.get("/slots"), reader.get("/slots").slots()[0])
    assert page.path == "/contact"
    english = reader.press(page, "English")
    assert english.path == "/contact" and english.value("guard")
    keeps_to(english, "en")


def turned(reader, page, status, lang="en", **typed):
    """Her page in another language: what she has typed is there still and
    in no address."""
    page = reader.press(page, {"en": "English", "ja": "日本語"}[lang], **typed)
    assert page.status == status
    assert page.headers["Content-Language"] == lang
    assert page.headers["Cache-Control"] == "no-store"
    for name, text in typed.items():
        assert page.value(name) == text
    assert re.search(rf"[?&]lang={lang}$", page.url) and "yuki" not in page.url
    assert reader.get("/slots").headers["Content-Language"] == lang
    return page


def test_the_switch_keeps_what_she_typed(daemon):
    reader = Reader(daemon.url)
    page = reader.get("/slots?theme=health")
    page = reader.press(page, page.slots()[0])
    # Before she has sent anything, with something wrong, and set right.
    page = turned(reader, page, 200, name="雪", mail="yuki@example.jp",
                  note="小さく\n話す")
    assert page.path == "/contact" and page.value("lang") == "en"
    page = reader.press(page, "Go on", mail="yuki@", note="x" * 1001)
    assert page.status == 422
    page = turned(reader, page, 422, "ja", mail="yuki@", note="x" * 1001)
    assert page.title.startswith("エラー：") and page.value("name") == "雪"
    page = turned(reader, page, 200, mail="yuki@example.jp", note="")
    page = reader.press(page, "Go on")
    assert page.path == "/check" and "yuki@example.jp" in page.text
    page = reader.press(page, "Book this time")
    page = reader.press(reader.get("/visit"), "Keep this note",
                        note="x" * 1001)
    page = turned(reader, page, 422, "ja", note="x" * 1001)
    assert page.path == "/visit/note"
    page = turned(reader, page, 200, note="みじかく")
    assert page.path == "/visit/note"  # typed, not written
    assert "みじかく" not in reader.get("/visit").text


def test_the_switch_keeps_a_wish_and_a_card(daemon):
    reader = Reader(daemon.url)
    page = reader.get("/waitlist?theme=health&from=2026-07-01&until=2026-07-01")
    page = turned(reader, page, 200, name="雪", mail="yuki@example.jp")
    page = turned(reader, page, 422, "ja", mail="yuki@")
    assert page.value("name") == "雪" and "until=2026-07-01" in page.url
    card = reader.get("/card")
    fields = [("guard", card.value("guard")), ("before", "2"), ("again", "yes")]
    card = reader.post("/card?lang=en", fields)
    assert card.status == 422 and card.h1 == "Two questions"
    assert (card.value("before"), card.value("again")) == ("2", "yes")
    # Nothing chosen is nothing wrong yet; nothing has been counted.
    assert reader.post("/card?lang=en", fields[:1]).status == 200


def test_the_switch_is_no_try(daemon):
    """What was wrong is said again; a try is what she means to be one."""
    booked = daemon.api.book(daemon.api.slots()[0], email="yuki@example.jp")
    reader = Reader(daemon.url)
    page = reader.get("/manage")
    for _ in range(3):
        page = reader.press(page, "予約を開く", code=booked["code"],
                            words="いぬ いぬ いぬ")
        for lang in ("en", "ja"):
            page = turned(reader, page, 422, lang, code=booked["code"],
                          words="いぬ いぬ いぬ")
            assert page.title.startswith(
                {"en": "Error: ", "ja": "エラー："}[lang])
    page = reader.press(page, "予約を開く", words=booked["passphrase"])
    assert page.path == "/visit" and page.status == 200
    link = Reader(daemon.url)
    page = link.press(link.get("/manage/" + booked["manage_url"].rsplit("/", 1)[1]), "予約を開く")
    page = link.press(page, "表示する", words="いぬ いぬ いぬ")
    assert page.status == 422
    page = turned(link, page, 422, words="いぬ いぬ いぬ")
    assert "seem to be different" in page.text


def test_the_office_answers_in_a_language_that_it_speaks(daemon):
    page = Reader(daemon.url, "easy").get("/sign-in")
    assert "<ruby>" not in page.body and "ログイン" in page.text
    assert [label for _, label in page.links][-2:] == ["日本語", "English"]


def test_api_takes_easy_japanese(daemon):
    slot = daemon.api.slots(theme="money")[0]
    wrong = daemon.api.post("/bookings", {
        "slot": slot["id"], "email": "hana"}, lang="easy")
    detail = wrong.json["errors"][0]["detail"]
    assert detail.startswith("メールアドレスの 形（かたち）を")
    made = daemon.api.post("/bookings", {
        "slot": slot["id"], "language": "easy"}).json
    assert KANA.search(made["passphrase"])
    themes = daemon.api.get("/themes", lang="easy").json["themes"]
    assert "体（からだ）と 心（こころ）の こと" in [t["title"] for t in themes]


# What lint holds against a catalogue

def check(folder):
    files = sorted(folder.glob("*.po"))
    sources = [p for where, kinds in (("server", (".c", ".h")),
                                      ("client/pages", (".html", ".txt")))
               for p in (HOUSE / where).rglob("*")
               if p.suffix in kinds and "gen" not in p.parts]
    return subprocess.run([GEN / "tool-catalogue", "--check", *files, "--",
                           *sources], capture_output=True, text=True)


@pytest.fixture
def catalogues(tmp_path):
    for path in (HOUSE / "client/po").glob("*.po"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    said = check(tmp_path)
    assert (said.returncode, said.stderr) == (0, "")
    return tmp_path


def test_a_text_that_is_taken_away_fails_lint(catalogues):
    for path in sorted(catalogues.glob("*.po")):
        whole = path.read_text()
        texts = re.findall(r'msgid "([^"]+)"\nmsgstr (?:".*"\n?)+', whole)
        key = texts[len(texts) // 2]
        path.write_text(re.sub(
            rf'msgid "{re.escape(key)}"\nmsgstr (?:".*"\n?)+', "", whole))
        said = check(catalogues)
        assert said.returncode == 1, path.name
        assert f"'{key}' is missing in '{path.suffixes[0][1:]}'" in said.stderr
        path.write_text(whole)


@pytest.mark.parametrize("old, new, fault", [
    ("{予約|よやく}", "予約", "has no reading"),
    ("{予約|よやく}", "{予約|予約}", "the reading of '予約' is not kana"),
    ("{予約|よやく}", "{予約|}", "the reading of '予約' is empty"),
])
def test_a_reading_that_is_lost_fails_lint(catalogues, old, new, fault):
    path = catalogues / "visit.easy.po"
    path.write_text(path.read_text().replace(old, new, 1))
    said = check(catalogues)
    assert said.returncode == 1 and fault in said.stderr


def test_a_text_that_was_not_translated_fails_lint(catalogues):
    path = catalogues / "visit.ja.po"
    ja = re.search('msgid "move.now"\nmsgstr "(.*)"', path.read_text())[1]
    for lang in ("easy", "en"):
        path = catalogues / f"visit.{lang}.po"
        path.write_text(re.sub('(msgid "move.now"\nmsgstr )".*"',
                               rf'\1"{ja}"', path.read_text()))
    said = check(catalogues)
    assert said.returncode == 1
    for lang in ("easy", "en"):
        assert re.search(rf"visit.{lang}.po:\d+: 'move.now': equal",
                         said.stderr)


@pytest.mark.parametrize("room", [WEEKDAY, TRIAL], ids=lambda p: p.stem)
def test_words_of_a_room_have_their_readings(room):
    text = room.read_text()
    words = dict(re.findall(r'^\s*(\w+_easy) = "([^"]*)"', text, re.M))
    japanese = re.findall(r'^\s*\w+_ja = ', text, re.M)
    assert len(re.findall(r'^\s*\w+_easy = ', text, re.M)) == len(japanese)
    for name, body in words.items():
        bare = re.sub(r"\{([^{|}]+)\|([^{|}]+)\}", "", body)
        assert not KANJI.search(bare) and "{" not in bare, (name, bare)
        for base, reading in re.findall(r"\{([^{|}]+)\|([^{|}]+)\}", body):
            assert KANJI.search(base), (name, base)
            assert all(map(KANA.match, reading)), (name, reading)
