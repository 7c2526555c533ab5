"""The pages about her visit, as a browser without JavaScript sees them."""

import html
import json
import re
import threading
import urllib.request

import pytest
from reader import Reader

KANA = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
THEMES = ("キャリア", "コミュニケーション", "健康", "お金", "起業")
PROFESSIONS = ("コンサルタント", "社会福祉士", "保健師", "コーチ")


@pytest.fixture
def reader(daemon):
    return Reader(daemon.url)


def hold(reader, n=0):
    page = reader.get("/slots")
    return reader.press(page, page.slots()[n])


def check(reader, n=0, **contact):
    page = hold(reader, n)
    return reader.press(page, "確認へ進む", **contact)


def book(reader, n=0, **contact):
    page = check(reader, n, **contact)
    done = reader.press(page, "この時間で予約する")
    assert done.status == 200 and done.path == "/done", done.text
    return done


def code_of(page):
    return re.search(r"(?<!\d)\d{4}-\d{4}(?!\d)", page.text).group()


def words_of(page):
    block = re.search(r'<p class="words">(.*?)</p>', page.body, re.S).group(1)
    return re.findall(r"<span>(.*?)</span>", html.unescape(block))


def first_slot(reader):
    return reader.get("/slots").slots()[0].attrs["value"]


def offered(reader):
    return [b.attrs["value"] for b in reader.get("/slots").slots()]


def by_api(daemon, slot, **fields):
    body = json.dumps({"slot": slot, **fields}).encode()
    request = urllib.request.Request(
        daemon.url + "/api/v1/bookings", body,
        {"Content-Type": "application/json"})
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=10) as answer:
        return json.load(answer)


def link_of(booking):
    return booking["manage_url"].split("/manage/")[1]


def assert_discreet(page):
    """Neutral, never stored, and it says neither theme nor advisor."""
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.button("このページを閉じる")
    for word in THEMES + PROFESSIONS:
        assert word not in page.text, word
    assert "保健室" not in page.title + page.h1


# The whole way

def test_from_first_page_to_ticket(reader):
    top = reader.get("/")
    slots = reader.follow(top, "空いている時間を見る")
    assert slots.path == "/slots"
    contact = reader.press(slots, slots.slots()[0])
    assert contact.path == "/contact" and contact.status == 200
    assert "10分のうち、あと10分" in contact.body
    assert "お取りしています" in contact.text
    check_page = reader.press(contact, "確認へ進む",
                              name="𠮷田﨑", mail="yuki@example.jp",
                              note="はじめてです。\r\nゆっくり話したいです。")
    assert check_page.path == "/check"
    assert "𠮷田﨑" in check_page.text
    assert "yuki@example.jp" in check_page.text
    done = reader.press(check_page, "この時間で予約する")
    assert done.path == "/done"
    assert "ご予約ができました" in done.h1
    assert len(words_of(done)) == 3
    assert "控えをメールでもお送りします" in done.text
    for page in (contact, check_page, done):
        assert_discreet(page)
    again = reader.get("/done")
    assert code_of(again) == code_of(done)
    assert words_of(again) == words_of(done)
    assert [c.name for c in reader.jar if c.name.endswith("visit")]
    for cookie in reader.jar:
        assert cookie.has_nonstandard_attr("HttpOnly")


def test_nothing_needs_to_be_told(reader):
    done = book(reader)
    assert "控えをメールでも" not in done.text


def test_print_view(reader):
    done = book(reader)
    paper = reader.follow(done, "印刷用の画面")
    assert paper.status == 200
    assert code_of(paper) == code_of(done)
    assert words_of(paper) == words_of(done)


def test_english(daemon):
    reader = Reader(daemon.url, "en")
    contact = hold(reader)
    check_page = reader.press(contact, "Go on to check", name="Yuki")
    done = reader.press(check_page, "Book this time")
    assert done.path == "/done" and "You are booked" in done.h1
    romaji = [re.sub(r"<bdi.*?</bdi>", "", w).strip() for w in words_of(done)]
    assert all(re.fullmatch(r"[a-z'-]+", w) for w in romaji)
    visit = reader.press(reader.get("/manage"), "Open the booking",
                         code=code_of(done), words=" ".join(romaji))
    assert visit.path == "/visit"
    own = (contact, check_page, visit)
    for page in own:
        plain = re.sub(r'<(\w+)[^>]* lang="ja"[^>]*>.*?</\1>', "", page.body,
                       flags=re.S)
        assert not KANA.search(plain), KANA.search(plain)


# What she types

def test_going_back_loses_nothing(reader):
    check(reader, name="ゆき", mail="yuki@example.jp", note="一行め\r\n二行め")
    page = reader.get("/contact")
    assert page.value("name") == "ゆき"
    assert page.value("mail") == "yuki@example.jp"
    assert page.value("note") == "一行め\n二行め"


def test_choosing_another_time_keeps_what_was_typed(reader):
    check(reader, name="ゆき", mail="yuki@example.jp")
    first = offered(reader)
    page = hold(reader, 1)
    assert page.value("name") == "ゆき"
    assert page.value("mail") == "yuki@example.jp"
    assert len(offered(reader)) == len(first), "the first one is free again"


@pytest.mark.parametrize("field,value,words", [
    ("mail", "yuki@example", "途中"),
    ("mail", "yuki", "「@」"),
    ("mail", "yuki.@example.jp", "点"),
    ("mail", "yuki sato@example.jp", "使えない文字"),
    ("mail", "a@example.jp\r\nRCPT TO:<b@example.jp>", ""),
    ("mail", "a" * 65 + "@example.jp", "長すぎ"),
    ("mail", "a" * 255 + "@example.jp", ""),
    ("name", "ゆ" * 41, "40"),
    ("name", "ゆ\x07き", ""),
    ("note", "あ" * 1001, "1000"),
    ("note", "a\x00b", None),
])
def test_errors_keep_what_was_typed(reader, field, value, words):
    contact = hold(reader)
    typed = {"name": "ゆき", "mail": "yuki@example.jp", "note": "よろしく"}
    typed[field] = value
    page = reader.press(contact, "確認へ進む", **typed)
    if words is None:
        assert page.status == 400
        return
    assert page.status == 422
    assert page.title.startswith("エラー：")
    assert 'role="alert"' in page.body
    assert f'href="#{field}"' in page.body
    assert words in page.text
    for name, text in typed.items():
        assert page.value(name).replace("\r\n", "\n") == \
            text.replace("\r\n", "\n")
    fresh = reader.get("/contact")
    assert fresh.value("name") == "", "nothing was written"


@pytest.mark.parametrize("mail,shown,hint", [
    ("ｙｕｋｉ＠ｅｘａｍｐｌｅ．ｊｐ", "yuki@example.jp", None),
    ("a..b@docomo.ne.jp", "a..b@docomo.ne.jp", "届かないことがあります"),
    ("yuki.@ezweb.ne.jp", "yuki.@ezweb.ne.jp", "届かないことがあります"),
    ("yuki@city.example.lg.jp", "yuki@city.example.lg.jp", "勤め先"),
    ("yuki@example.co.jp", "yuki@example.co.jp", "勤め先"),
    ("yuki@yahoo.co.jp", "yuki@yahoo.co.jp", None),
])
def test_addresses_are_taken_with_a_hint(reader, mail, shown, hint):
    page = check(reader, mail=mail)
    assert page.path == "/check"
    assert shown in page.text
    if hint:
        assert hint in page.text
    else:
        assert "のようです" not in page.text and "届かない" not in page.text


def test_markup_is_text(reader):
    page = check(reader, name="<script>alert(1)</script>&")
    assert "<script>" not in page.body
    assert "<script>alert(1)</script>&" in page.text


# Holding

def test_a_held_frame_is_gone_for_others(daemon, reader):
    slot = first_slot(reader)
    hold(reader)
    assert slot not in offered(Reader(daemon.url))


def test_release(reader):
    slot = first_slot(reader)
    contact = hold(reader)
    back = reader.press(contact, "選びなおす")
    assert back.path == "/slots"
    assert slot in offered(reader)
    assert reader.get("/contact").status == 404


def test_extend_once_and_keep_what_is_typed(reader):
    contact = hold(reader)
    page = reader.press(contact, "あと10分のばす", name="ゆき")
    assert page.path == "/contact"
    assert page.value("name") == "ゆき"
    assert not [b for b in page.buttons if "のばす" in b.text]
    again = reader.press(contact, "あと10分のばす", name="ゆきこ")
    assert again.path == "/contact" and again.value("name") == "ゆきこ"


def test_extend_with_an_unfinished_address(reader):
    contact = hold(reader)
    page = reader.press(contact, "あと10分のばす", mail="yuki@")
    assert page.status == 422
    assert page.value("mail") == "yuki@"
    assert not [b for b in page.buttons if "のばす" in b.text]


def test_extend_from_the_check(reader):
    page = reader.press(check(reader, name="ゆき"), "あと10分のばす")
    assert page.path == "/check" and "ゆき" in page.text


def test_taken_frame_offers_others(daemon, reader):
    page = reader.get("/slots")
    wanted = page.slots()[0]
    book(Reader(daemon.url))
    answer = reader.press(page, wanted)
    assert answer.status == 409
    assert "たった今ほかの方が予約しました" in answer.h1
    assert answer.title.startswith("エラー：")
    near = answer.slots()
    assert near and wanted.attrs["value"] not in [
        b.attrs["value"] for b in near]
    contact = reader.press(answer, near[0])
    assert contact.path == "/contact" and contact.status == 200


def test_taken_frame_leaves_the_hold_that_stands(daemon, reader):
    page = reader.get("/slots")
    book(Reader(daemon.url), 1)
    hold(reader)
    assert reader.press(page, page.slots()[1]).status == 409
    assert reader.get("/contact").status == 200


@pytest.mark.parametrize("slot", [
    "", "x", "1-2", "-", "9223372036854775807-1", "1-99999999999999999999",
    "../../etc", "1-2;drop", "１-２",
])
def test_unknown_frames(reader, slot):
    page = reader.get("/slots")
    guard = page.value("guard")
    answer = reader.post("/holds", {"slot": slot, "guard": guard})
    assert answer.status == 404
    assert answer.slots(), "near times are offered all the same"
    assert reader.get("/contact").status == 404


def test_one_frame_for_many(daemon):
    readers = [Reader(daemon.url) for _ in range(12)]
    pages = [r.get("/slots") for r in readers]
    wanted = pages[0].slots()[0].attrs["value"]
    answers = []

    def press(reader, page):
        button = next(b for b in page.slots() if b.attrs["value"] == wanted)
        answers.append(reader.press(page, button))

    threads = [threading.Thread(target=press, args=pair)
               for pair in zip(readers, pages)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(a.status for a in answers) == [200] + [409] * 11


# Booking twice

def test_double_click(reader):
    page = check(reader, name="ゆき")
    first = reader.press(page, "この時間で予約する")
    second = reader.press(page, "この時間で予約する")
    assert second.path == "/done" and second.status == 200
    assert code_of(first) == code_of(second)


def test_double_click_at_once(reader):
    page = check(reader)
    answers = []
    tabs = [reader.fork() for _ in range(4)]
    threads = [threading.Thread(target=lambda t=t: answers.append(
        t.press(page, "この時間で予約する"))) for t in tabs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {a.path for a in answers} == {"/done"}
    assert len({code_of(a) for a in answers}) == 1


def test_after_booking_the_way_leads_to_the_ticket(reader):
    book(reader)
    assert reader.get("/contact").path == "/done"
    assert reader.get("/check").path == "/done"


# Guards

@pytest.mark.parametrize("path", [
    "/holds", "/release", "/extend", "/contact", "/check", "/manage",
    "/visit/reveal", "/visit/move", "/visit/cancel",
])
def test_forms_need_their_guard(reader, path):
    if path.startswith("/visit"):
        done = book(reader)
        code = code_of(done)
    else:
        hold(reader)
    for guard in ("", "x", "0.AAAA"):
        answer = reader.post(path, {
            "guard": guard, "slot": "1-2", "sure": "1", "name": "x",
            "mail": "", "lang": "ja", "note": "", "code": "1", "words": "a"})
        assert answer.status == 403
        assert "もう一度" in answer.text
    if path.startswith("/visit"):
        assert code_of(reader.get("/done")) == code
    else:
        assert reader.get("/contact").value("name") == ""


def test_forms_from_elsewhere_are_refused(reader):
    page = check(reader)
    answer = reader.post("/check", {"guard": page.value("guard")},
                         {"Sec-Fetch-Site": "cross-site",
                          "Origin": "https://example.com"})
    assert answer.status == 403
    assert reader.get("/check").path == "/check"


# Coming back

def test_number_and_words_open_it(daemon, reader):
    done = book(reader, name="ゆき", note="はじめてです")
    digits = code_of(done).translate(str.maketrans(
        "0123456789-", "０１２３４５６７８９ー"))
    other = Reader(daemon.url)
    visit = other.press(other.get("/manage"), "予約を開く",
                        code=" " + digits, words="・".join(words_of(done)))
    assert visit.path == "/visit" and visit.status == 200
    assert code_of(visit) == code_of(done)
    assert "はじめてです" in visit.text, "words show the rest, folded"


def test_wrong_and_unknown_answer_alike(daemon, reader):
    done = book(reader)
    wrong, unknown = Reader(daemon.url), Reader(daemon.url)
    a = wrong.press(wrong.get("/manage"), "予約を開く",
                    code=code_of(done), words="あめ あめ あめ")
    b = unknown.press(unknown.get("/manage"), "予約を開く",
                      code="00000000", words="あめ あめ あめ")
    assert a.status == b.status == 422
    assert a.value("code") == code_of(done)
    assert a.title.startswith("エラー：")
    assert a.text == b.text
    assert not list(wrong.jar)


def test_both_are_needed(reader):
    page = reader.press(reader.get("/manage"), "予約を開く", code="12345678")
    assert page.status == 422 and page.value("code") == "12345678"


def test_guessing_ends_after_five_tries(daemon, reader):
    done = book(reader)
    other = Reader(daemon.url)
    page = other.get("/manage")
    states = [other.press(page, "予約を開く", code=code_of(done),
                          words="あめ").status for _ in range(6)]
    assert states == [422] * 5 + [429]
    late = other.press(page, "予約を開く", code=code_of(done),
                       words=" ".join(words_of(done)))
    assert late.status == 429
    assert late.value("code") == code_of(done)
    fine = other.press(page, "予約を開く", code="11111111", words="あめ")
    assert fine.status == 422, "another number has tries of its own"


def test_a_link_opens_the_time_and_words_the_rest(daemon):
    reader = Reader(daemon.url)
    made = by_api(daemon, first_slot(reader), name="ゆき", note="はじめてです")
    path = "/manage/" + link_of(made)
    for _ in range(3):
        landing = reader.get(path)
        assert landing.status == 200 and landing.path == path
        assert not list(reader.jar), "opening a link changes nothing"
        assert made["code"] not in landing.text
        assert_discreet(landing)
    visit = reader.press(landing, "予約を開く")
    assert visit.path == "/visit"
    assert code_of(visit) == made["code"]
    assert "はじめてです" not in visit.body
    assert "ゆき" not in visit.body
    assert_discreet(visit)
    assert reader.get("/done").path == "/visit", "no words by a link"
    wrong = reader.press(visit, "表示する", words="あめ あめ あめ")
    assert wrong.status == 422 and "合言葉がちがう" in wrong.text
    assert "はじめてです" not in wrong.body
    shown = reader.press(wrong, "表示する", words=made["passphrase"])
    assert shown.path == "/visit" and "はじめてです" in shown.text


@pytest.mark.parametrize("token", [
    "x", "A" * 38, "A" * 37 + "!", "a" * 500, "%F0%9F%8D%B5",
])
def test_dead_links_lead_on(reader, token):
    page = reader.get("/manage/" + token)
    assert page.status == 404
    assert "もう使えません" in page.text
    assert page.button("予約を開く")
    guard = page.value("guard")
    assert reader.post("/manage", {"guard": guard, "token": token}
                       ).status == 404
    assert not list(reader.jar)


def test_without_a_visit_every_page_leads_on(reader):
    for path in ("/contact", "/check", "/done", "/visit", "/visit/move",
                 "/visit/cancel", "/visit/calendar.ics"):
        page = reader.get(path)
        assert page.status == 404
        assert page.link("空いている時間を見る") == "/slots"
        assert page.link("予約番号で確認する") == "/manage"


def test_a_forged_cookie_opens_nothing(reader):
    page = reader.open("/visit", headers={"Cookie": "visit=AAAA"})
    assert page.status == 404


# Moving

def test_move(reader):
    done = book(reader, note="はじめてです")
    before = offered(reader)
    visit = reader.get("/visit")
    page = reader.follow(visit, "ほかの時間を見る")
    assert "お取りしておきます" in page.text
    assert_discreet(page)
    wanted = page.slots()[0]
    ask = reader.press(page, wanted)
    assert ask.path == "/visit/move" and "この時間に変えますか" in ask.h1
    assert_discreet(ask)
    assert offered(reader) == before, "looking moves nothing"
    moved = reader.press(ask, "この時間に変える")
    assert moved.path == "/visit" and "日時を変更しました" in moved.text
    assert code_of(moved) == code_of(done)
    after = offered(reader)
    assert wanted.attrs["value"] in before
    assert wanted.attrs["value"] not in after
    assert len(after) == len(before)
    again = reader.press(ask, "この時間に変える")
    assert again.path == "/visit" and again.status == 200


def test_move_to_a_taken_time_keeps_the_old_one(daemon, reader):
    book(reader)
    when = re.search(r'<p class="when">.*?</p>', reader.get("/visit").body,
                     re.S).group()
    page = reader.get("/visit/move")
    wanted = page.slots()[0]
    ask = reader.press(page, wanted)
    other = Reader(daemon.url)
    slots = other.get("/slots")
    other.press(slots, next(b for b in slots.slots()
                            if b.attrs["value"] == wanted.attrs["value"]))
    answer = reader.press(ask, "この時間に変える")
    assert answer.status == 409
    assert "たった今ほかの方が" in answer.h1
    assert "そのまま" in answer.text
    assert when in reader.get("/visit").body
    near = answer.slots()
    assert near
    ask = reader.press(answer, near[0])
    assert reader.press(ask, "この時間に変える").path == "/visit"


def test_a_link_moves_only_within_its_theme(daemon):
    reader = Reader(daemon.url)
    slots = api_slots(daemon)
    first = slots[0]
    foreign = [s for s in slots if s["theme"] != first["theme"]]
    made = by_api(daemon, first["id"])
    reader.press(reader.get("/manage/" + link_of(made)), "予約を開く")
    themes = {s["id"]: s["theme"] for s in slots}
    page = reader.get("/visit/move?theme=")
    assert {themes[b.attrs["value"]] for b in page.slots()} == \
        {first["theme"]}
    if not foreign:
        pytest.skip("this room has one theme")
    answer = reader.post("/visit/move", {
        "guard": page.value("guard"), "slot": foreign[0]["id"], "sure": "1"})
    assert answer.status == 404
    assert foreign[0]["id"] in offered(reader)


def api_slots(daemon):
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(daemon.url + "/api/v1/slots", timeout=10) as answer:
        return json.load(answer)["slots"]


# Cancelling

def test_cancel(reader):
    slot = first_slot(reader)
    book(reader)
    visit = reader.get("/visit")
    ask = reader.follow(visit, "この予約を取りやめる")
    assert ask.path == "/visit/cancel"
    assert_discreet(ask)
    assert slot not in offered(reader), "asking cancels nothing"
    gone = reader.press(ask, "この予約を取りやめる")
    assert gone.path == "/visit" and "またいつでも" in gone.h1
    assert gone.link("空いている時間を見る") == "/slots"
    assert slot in offered(reader)
    again = reader.press(ask, "この予約を取りやめる")
    assert again.path == "/visit" and again.status == 200
    assert reader.get("/visit/move").path == "/visit"
    assert reader.get("/done").path == "/visit"


# As time goes by

def test_a_lapsed_hold_is_booked_if_still_free(daemon, reader):
    check(reader, name="ゆき")
    daemon.restart("2026-06-29T09:11:00+09:00")
    page = reader.get("/contact")
    assert page.status == 200 and page.value("name") == "ゆき"
    assert "このまま予約できます" in page.text
    done = reader.press(reader.get("/check"), "この時間で予約する")
    assert done.path == "/done" and done.status == 200


def test_a_lapsed_hold_that_is_gone_offers_others(daemon, reader):
    page = check(reader, name="ゆき")
    daemon.restart("2026-06-29T09:11:00+09:00")
    book(Reader(daemon.url))
    answer = reader.press(page, "この時間で予約する")
    assert answer.status == 409 and "ほかの方が選びました" in answer.h1
    again = reader.press(answer, answer.slots()[0])
    assert again.path == "/contact" and again.value("name") == "ゆき"


def test_a_hold_long_ago_is_forgotten(daemon, reader):
    check(reader, name="ゆき")
    daemon.restart("2026-06-29T12:00:00+09:00")
    page = reader.get("/contact")
    assert page.status == 404 and "ゆき" not in page.text
    assert page.link("空いている時間を見る") == "/slots"


def test_from_the_start_on_only_what_can_work(daemon, reader):
    book(reader)
    ask = reader.get("/visit/cancel")
    move = reader.get("/visit/move")
    daemon.restart("2026-06-29T13:30:00+09:00")
    now = reader.get("/done")
    assert now.path == "/visit" and "いまが、ご予約の時間です" in now.text
    for page in (now, reader.press(ask, "この予約を取りやめる"),
                 reader.press(move, move.slots()[-1]),
                 reader.get("/visit/cancel")):
        assert page.path == "/visit" and page.status == 200
        assert "いまが" in page.text
        assert [b.text for b in page.buttons] == ["このページを閉じる"]
        assert not [href for href, _ in page.links
                    if href in ("/visit/move", "/visit/cancel")]
    daemon.restart("2026-06-29T14:00:00+09:00")
    assert "終わりました" in reader.get("/visit").text


def test_links_end_a_day_after_the_visit(daemon):
    reader = Reader(daemon.url)
    made = by_api(daemon, first_slot(reader))
    path = "/manage/" + link_of(made)
    reader.press(reader.get(path), "予約を開く")
    daemon.restart("2026-06-30T13:59:00+09:00")
    assert reader.get(path).status == 200
    assert reader.get("/visit").status == 200
    daemon.restart("2026-06-30T14:00:00+09:00")
    assert "もう使えません" in reader.get(path).text
    assert reader.get("/visit").status == 404
    page = reader.press(reader.get("/manage"), "予約を開く",
                        code=made["code"], words=made["passphrase"])
    assert page.status == 422


# Calendar and quick exit

def test_calendar(reader):
    book(reader, name="ゆき", note="はじめてです")
    answer = reader.get("/visit/calendar.ics")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "no-store"
    text = answer.body.replace("\r\n ", "")
    assert text.count("BEGIN:VEVENT") == 1
    for word in THEMES + PROFESSIONS + ("ゆき", "はじめて", "相談"):
        assert word not in text


def test_leaving_forgets_the_visit(reader):
    book(reader)
    page = reader.get("/visit")
    away = reader.press(page, "このページを閉じる")
    assert away.status == 303
    assert away.headers["Location"].startswith("https://")
    assert away.headers["Referrer-Policy"] == "no-referrer"
    assert reader.get("/visit").status == 404
    origin = "/".join(away.headers["Location"].split("/")[:3])
    assert origin in page.headers["Content-Security-Policy"]


def test_head_answers_without_a_body(reader):
    request = urllib.request.Request(reader.base + "/manage", method="HEAD")
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=10) as answer:
        assert answer.status == 200 and answer.read() == b""


def test_an_old_page_does_no_harm(reader):
    """A second hold, then the first one's tab; the check page of a booking
    that is made."""
    page = reader.get("/slots?theme=health")
    first, second = page.slots()[:2]
    old = reader.press(page, first)
    reader.press(page, second)
    page = reader.press(old, "確認へ進む", name="雪")
    assert page.status == 403
    check = reader.press(reader.follow(page, "開きなおす"), "確認へ進む")
    assert check.path == "/check" and "14:00～15:00" in check.text
    assert reader.press(check, "この時間で予約する").path == "/done"
    page = reader.press(check, "この時間をやめて選びなおす")
    assert page.path == "/visit" and page.status == 200
