"""The waiting list: asking, offers in order, answers, coming true."""
import email
import email.policy
import http.client
import os
import re
import sqlite3
import threading
import time
import urllib.parse

from post import until
from reader import Reader
from staff import office

TELLING = ("保健室", "相談", "キャリア", "健康", "起業", "コミュニケーション", "お金",
           "infirmary", "career", "counsel", "health", "advis")
DAY = "2026-07-01"
ASK = f"/waitlist?theme=health&from={DAY}&until={DAY}"
SUBJECT = "空いた時間のお知らせ"


def fill(daemon, day=DAY, theme="health", **more):
    """Books every free time of a day, as people would."""
    return [daemon.operator.book(slot, **more)
            for slot in daemon.api.slots(theme=theme, from_=day, to=day)]


def cancel(daemon, booked):
    answer = daemon.operator.post(f"/bookings/{booked['code']}/cancel", {})
    assert answer.status == 200, answer


def wait_for(daemon, mail="", name="", ask=ASK, lang="ja"):
    """A browser that has joined, and the page of its wish."""
    reader = Reader(daemon.url, lang)
    page = reader.get(ask)
    button = "空いたら知らせてほしい" if lang == "ja" else "Tell me if"
    page = reader.press(page, button, mail=mail, name=name)
    assert page.path == "/waitlist/wish", page.text
    return reader, page


def letters(daemon, mail, count=1, subject=SUBJECT):
    """The letters to an address, once there are so many."""
    end = time.monotonic() + 20
    while True:
        found = [m for m in map(read, (daemon.var / "mail/new").glob("*"))
                 if m["To"] == mail and m["Subject"] == subject]
        if len(found) >= count or time.monotonic() > end:
            break
        time.sleep(0.05)
    assert len(found) == count, (mail, found)
    return found


def read(path):
    return email.message_from_bytes(path.read_bytes(),
                                    policy=email.policy.default)


def plain(message):
    return message.get_body(("plain",)).get_content()


def link(message):
    return re.search(r"/offers/\S+", plain(message)).group(0)


def code_of(page):
    return re.search(r"\d{4}-\d{4}", page.text).group(0)


def words_of(page):
    text = page.text
    return text[text.index("合言葉") + 3:].split()[:3]


def test_three_wishes_one_cancellation(start):
    daemon = start()
    booked = fill(daemon)
    people = []
    for n in range(3):
        people.append(wait_for(daemon, f"p{n}@example.jp"))
        time.sleep(1.1)  # the order is by the second
    cancel(daemon, booked[0])
    first = letters(daemon, "p0@example.jp")[0]
    text = plain(first)
    assert "2026年6月29日（月） 11:0" in text  # two hours from nine
    assert code_of(people[0][1]) in text
    shown = first["From"] + first["Subject"] + text
    assert not [word for word in TELLING if word in shown.lower()]
    # Held: nobody else sees it.
    assert daemon.api.slots(theme="health", from_=DAY, to=DAY) == []

    daemon.restart("2026-06-29T12:00:00+09:00")
    second = letters(daemon, "p1@example.jp")[0]
    late = Reader(daemon.url)
    page = late.get(link(first))
    assert "期限が過ぎました" in page.h1
    assert not [b for b in page.buttons if "予約する" in b.text]

    reader = Reader(daemon.url)
    before = reader.get(link(second))
    assert reader.get(link(second)).text == before.text
    page = reader.press(before, "この時間で予約する")
    assert page.path == "/visit" and "予約できました" in page.text
    assert code_of(page) == code_of(people[1][1])
    # The words she was given open the booking that her wish became.
    fresh = Reader(daemon.url)
    page = fresh.press(fresh.get("/manage"), "予約を開く",
                       code=code_of(people[1][1]),
                       words=" ".join(words_of(people[1][1])))
    assert page.path == "/visit" and "健康" in page.text
    letters(daemon, "p1@example.jp", subject="ご予約の控え")
    assert "期限が過ぎました" in late.get(link(first)).h1
    assert [m for m in map(read, (daemon.var / "mail/new").glob("*"))
            if m["To"] == "p2@example.jp"] == []


def test_sixty_four_threads_on_one_offer(start):
    """One booking, and whoever clicks again finds it."""
    daemon = start()
    booked = fill(daemon)
    _, wish = wait_for(daemon, "yuki@example.jp")
    cancel(daemon, booked[0])
    path = link(letters(daemon, "yuki@example.jp")[0])
    assert set(race(daemon, [path])) == {(303, "/visit?booked")}
    bookings = confirmed(daemon, DAY)
    assert len(bookings) == len(booked) and code_of(wish) in bookings
    letters(daemon, "yuki@example.jp", subject="ご予約の控え")


def test_sixty_four_threads_where_the_first_wins(start):
    """Within three hours all are told at once."""
    daemon = start(rehearse="2026-07-01T11:30:00+09:00")
    booked = fill(daemon)
    mails = [f"p{n}@example.jp" for n in range(8)]
    codes = [code_of(wait_for(daemon, mail)[1]) for mail in mails]
    cancel(daemon, booked[0])
    paths = [link(letters(daemon, mail)[0]) for mail in mails]
    answers = race(daemon, paths)
    winner = answers.index((303, "/visit?booked")) % 8
    for n, answer in enumerate(answers):
        assert answer == ((303, "/visit?booked") if n % 8 == winner
                          else (409, None))
    bookings = confirmed(daemon, DAY)
    assert len(bookings) == len(booked)
    assert bookings & set(codes) == {codes[winner]}
    page = Reader(daemon.url).get(paths[winner - 1])
    assert "ほかの方に決まった" in page.h1 and page.slots()


def test_three_without_an_answer(start):
    """The third says that it is the last to be kept, and so it is."""
    daemon = start()
    week = "2026-07-08"
    booked, another = fill(daemon), fill(daemon, week)[0]
    reader, _ = wait_for(daemon, "yuki@example.jp",
                         ask=f"/waitlist?theme=health&from={DAY}&until={week}")
    for n, hour in enumerate((9, 12, 15)):
        if n > 0:
            daemon.restart(f"2026-06-29T{hour:02}:00:00+09:00")
        assert "お取りしていません" not in reader.get("/waitlist/wish").text
        cancel(daemon, booked[n])
        texts = [plain(m) for m in letters(daemon, "yuki@example.jp", n + 1)]
        assert sum("前の2回のお知らせには、お返事が" in text for text in texts) == (n == 2)
    daemon.restart("2026-06-29T18:00:00+09:00")
    until(lambda: "3回つづけてお返事がなかったので、いまは時間をお取りしていません" in
          reader.get("/waitlist/wish").text)
    cancel(daemon, another)
    assert len(daemon.api.slots(theme="health", from_=week, to=week)) == 1
    time.sleep(1)
    last = letters(daemon, "yuki@example.jp", 3)[0]
    page = reader.get("/waitlist/wish")
    late = reader.post(link(last), {"guard": page.value("guard"),
                                    "answer": "take"})
    assert late.status == 409  # but an answer
    assert "お取りしていません" not in reader.get("/waitlist/wish").text


def test_by_number_only(start):
    """No address: nothing is held, she sees what fits when she comes back."""
    daemon = start()
    booked = fill(daemon)
    _, wish = wait_for(daemon, name="ゆき")
    code, words = code_of(wish), " ".join(words_of(wish))
    assert wish.slots() == []
    cancel(daemon, booked[0])
    assert len(daemon.api.slots(theme="health", from_=DAY, to=DAY)) == 1

    reader = Reader(daemon.url)
    page = reader.press(reader.get("/manage"), "予約を開く", code=code,
                        words=words)
    assert page.path == "/waitlist/wish" and len(page.slots()) == 1
    page = reader.press(page, page.slots()[0])
    assert "この時間で予約しますか" in page.h1
    page = reader.press(page, "この時間で予約する")
    assert page.path == "/done" and code_of(page) == code
    assert words_of(page) == words.split()
    assert reader.get("/waitlist/wish").path == "/visit"
    wrong = Reader(daemon.url)
    page = wrong.press(wrong.get("/manage"), "予約を開く", code=code,
                       words="さくら さくら さくら")
    assert page.status == 422


def test_sixty_four_takes_by_one_browser(start):
    """One booking, and every later click says how it stands."""
    daemon = start()
    booked = fill(daemon)
    reader, wish = wait_for(daemon)
    cancel(daemon, booked[0])
    page = reader.get("/waitlist/wish")
    page = reader.press(page, page.slots()[0])
    cookie = "; ".join(f"{c.name}={c.value}" for c in reader.jar)
    answers = race(daemon, ["/waitlist/take"], {
        "guard": page.value("guard"), "sure": "1",
        "slot": page.value("slot")}, Cookie=cookie)
    assert (303, "/done") in answers
    assert set(answers) <= {(303, "/done"), (303, "/waitlist/wish"),
                            (303, "/visit")}, answers
    assert code_of(wish) in confirmed(daemon, DAY)
    assert "booking.code" not in daemon.log.read_text()


def test_declined_then_withdrawn(start):
    daemon = start()
    booked = fill(daemon)
    reader, _ = wait_for(daemon, "a@example.jp")
    time.sleep(1.1)
    wait_for(daemon, "b@example.jp")
    cancel(daemon, booked[0])
    page = Reader(daemon.url).get(link(letters(daemon, "a@example.jp")[0]))
    guest = Reader(daemon.url)
    page = guest.press(page, "今回は見送る")
    assert "見送りました" in page.h1
    second = link(letters(daemon, "b@example.jp")[0])
    page = reader.press(reader.get("/waitlist/wish"), "待つのをやめる")
    assert "もう、お待ちではありません" in page.h1
    # The other stops from her letter: the frame is everybody's again.
    page = guest.press(guest.get(second), "待つのをやめる")
    assert "待つのをやめました" in page.h1
    assert len(daemon.api.slots(theme="health", from_=DAY, to=DAY)) == 1
    database = (daemon.var / "hokend.db").read_bytes()
    assert b"example.jp" not in database


def test_an_earlier_time(start):
    """The old time is kept until she takes the new one, then offered on."""
    daemon = start()
    before = fill(daemon, "2026-07-01", name="前")
    mine = daemon.api.slots(theme="health", from_="2026-07-08")[0]
    made = daemon.api.book(mine, email="yuki@example.jp")
    fill(daemon, "2026-07-08")
    reader = Reader(daemon.url)
    page = reader.press(reader.get("/manage"), "予約を開く",
                        code=made["code"], words=made["passphrase"])
    page = reader.press(page, "早い時間を待つ")
    assert page.path == "/visit" and "待つのをやめる" in page.text
    wait_for(daemon, "next@example.jp",
             ask="/waitlist?theme=health&from=2026-07-08&until=2026-07-08")
    cancel(daemon, before[0])
    guest = Reader(daemon.url)
    page = guest.get(link(letters(daemon, "yuki@example.jp")[0]))
    assert "いまのご予約" in page.text
    page = guest.press(page, "この時間に変更する")
    assert page.path == "/visit" and "日時を変更しました" in page.text
    assert code_of(page) == made["code"]
    text = plain(letters(daemon, "next@example.jp")[0])
    assert "2026年7月8日" in text


def test_from_the_empty_list(start):
    """The conditions of the list, exactly, in both languages."""
    daemon = start()
    fill(daemon)
    path = "/slots?theme=health&channel=in_person&soon=1"
    reader = Reader(daemon.url, "en")
    page = reader.get(path)
    page = reader.follow(page, "Tell me if one comes free")
    assert "until=2026-06-30" in page.url
    for line in ("Monday, 29 June 2026 to Tuesday, 30 June 2026",
                 "Your health", "In person"):
        assert line in page.text
    page = reader.press(page, "Tell me if", mail="a@b@c")
    assert page.status == 422 and page.title.startswith("Error: ")
    assert page.value("mail") == "a@b@c"
    page = reader.press(page, "Tell me if", mail="")
    assert page.path == "/waitlist/wish"
    # What is free needs no waiting.
    page = reader.get("/waitlist?theme=money&from=2026-07-01")
    page = reader.press(page, "Tell me if", mail="a@example.jp")
    assert page.path == "/slots" and page.slots()
    page = reader.get("/waitlist?from=2026-06-01&until=2026-06-02")
    assert "Those days are over" in page.text


def test_from_a_time_that_was_taken(daemon):
    slot = daemon.api.slots(theme="health")[0]
    reader = Reader(daemon.url)
    page = reader.get("/slots?theme=health")
    daemon.api.book(slot)
    page = reader.press(page, page.slots()[0])
    assert "たった今ほかの方が" in page.h1.replace("\u200b", "")
    page = reader.follow(page, "空いたら知らせてほしい")
    assert "2026年7月1日" in page.text and "健康のこと" in page.text


def test_nothing_at_night(start):
    daemon = start(rehearse="2026-06-29T20:50:00+09:00")
    booked = fill(daemon)
    wait_for(daemon, "a@example.jp")
    daemon.restart("2026-06-29T21:00:00+09:00")
    cancel(daemon, booked[0])
    assert len(daemon.api.slots(theme="health", from_=DAY, to=DAY)) == 1
    daemon.restart("2026-06-30T07:59:58+09:00")
    text = plain(letters(daemon, "a@example.jp")[0])
    assert "2026年6月30日（火） 10:00" in text


def test_scanners_change_nothing(start):
    daemon = start()
    booked = fill(daemon)
    wait_for(daemon, "a@example.jp")
    cancel(daemon, booked[0])
    path = link(letters(daemon, "a@example.jp")[0])
    reader = Reader(daemon.url)
    for _ in range(2):
        page = reader.get(path)
        assert page.headers["Cache-Control"] == "no-store"
    assert "健康" not in page.text
    assert reader.post(path, {"answer": "take"}).status == 403
    assert reader.get("/offers/" + "x" * 38).status == 404
    assert reader.press(page, "この時間で予約する").path == "/visit"


def stop_of(message):
    """Where its header leads, and what a provider posts there."""
    address = message["List-Unsubscribe"].strip()
    assert address[0] == "<" and address[-1] == ">"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    return urllib.parse.urlsplit(address[1:-1]).path


def provider(daemon, path, body, kind):
    """As a mail provider comes: no cookie, no Origin, no page before."""
    connection = http.client.HTTPConnection("127.0.0.1", daemon.port,
                                            timeout=30)
    connection.request("POST", path, body, {"Content-Type": kind})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


def test_stopped_from_the_mail_program(start):
    """Two wishes of one address: each header stops its own."""
    daemon = start()
    booked = fill(daemon)
    for _ in range(2):
        wait_for(daemon, "a@example.jp")
        time.sleep(1.1)
    cancel(daemon, booked[0])
    first = letters(daemon, "a@example.jp")[0]
    path = stop_of(first)
    reader = Reader(daemon.url)
    page = reader.get(path)
    assert "止めますか" in page.h1 and "健康" not in page.text
    assert not [word for word in TELLING if word in page.text.lower()]
    assert reader.get(path).text == page.text
    form, parts = "application/x-www-form-urlencoded", (
        "multipart/form-data; boundary=x")
    assert provider(daemon, path, "answer=stop", form) == 400
    assert provider(daemon, path, "", form) == 400
    waiting = [w["state"] for w in
               daemon.operator.get("/waitlist").json["wishes"]]
    assert waiting == ["waiting", "waiting"]
    whole = ('--x\r\nContent-Disposition: form-data; '
             'name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n')
    for _ in range(2):
        assert provider(daemon, path, whole, parts) == 200
    assert "止まっています" in reader.get(path).h1
    assert "待つのをやめました" in reader.get(link(first)).h1
    # The frame goes to the other, who presses the button of the page.
    second = letters(daemon, "a@example.jp", 2)
    (path,) = {stop_of(m) for m in second} - {path}
    page = reader.press(reader.get(path), "止める")
    assert page.status == 200 and "止まっています" in page.h1
    assert len(daemon.api.slots(theme="health", from_=DAY, to=DAY)) == 1


def test_such_an_address_can_do_nothing_else(start):
    daemon = start()
    booked = fill(daemon)
    mine = wait_for(daemon, "a@example.jp")[1]
    cancel(daemon, booked[0])
    letter = letters(daemon, "a@example.jp")[0]
    token, offer = stop_of(letter)[6:], link(letter)[8:]
    reader = Reader(daemon.url)
    for path in ("/offers/" + token, "/manage/" + token, "/stop/" + offer,
                 "/stop/" + token[:-1] + ("A" if token[-1] != "A" else "Q"),
                 "/feeds/" + token + ".ics"):
        assert reader.get(path).status == 404, path
    assert provider(daemon, "/stop/" + offer, "List-Unsubscribe=One-Click",
                    "application/x-www-form-urlencoded") == 404
    page = reader.press(reader.get("/offers/" + offer), "この時間で予約する")
    assert code_of(page) == code_of(mine)
    # It has come true: there is nothing left to stop, and nothing is.
    assert "止まっています" in reader.get("/stop/" + token).h1
    provider(daemon, "/stop/" + token, "List-Unsubscribe=One-Click",
             "application/x-www-form-urlencoded")
    assert code_of(mine) in confirmed(daemon, DAY)
    # The letters of a booking are not to be stopped.
    receipt = letters(daemon, "a@example.jp", subject="ご予約の控え")[0]
    assert receipt["List-Unsubscribe"] is None


def race(daemon, paths, fields=None, **headers):
    """64 press "book this time" in one moment, from 64 peers: status and
    where it leads, of each.  Without fields the paths are those of offers."""
    if fields is None:
        guard = Reader(daemon.url).get(paths[0]).value("guard")
        fields = {"guard": guard, "answer": "take"}
    body = urllib.parse.urlencode(fields)
    answers = [None] * 64
    gate = threading.Barrier(64)

    def press(n):
        connection = http.client.HTTPConnection(
            "127.0.0.1", daemon.port, timeout=30,
            source_address=(f"127.0.1.{n + 1}", 0))
        gate.wait()
        connection.request("POST", paths[n % len(paths)], body, {
            "Content-Type": "application/x-www-form-urlencoded", **headers})
        answer = connection.getresponse()
        answers[n] = answer.status, answer.getheader("Location")
        connection.close()

    threads = [threading.Thread(target=press, args=(n,)) for n in range(64)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def confirmed(daemon, day):
    """The numbers of a day's bookings, no two at one time."""
    bookings = daemon.operator.get("/bookings", {"date": day}).json["bookings"]
    bookings = [b for b in bookings if b["state"] == "confirmed"]
    starts = [b["starts_at"] for b in bookings]
    assert len(starts) == len(set(starts)), starts
    return {b["code"] for b in bookings}


def test_what_staff_see(start):
    """Counts, kinds and numbers, on a page, by API and hokenctl; no name."""
    daemon = start()
    booked = fill(daemon)
    empty = daemon.ctl("waitlist").stdout
    assert empty.split() == ["JOINED", "OFFERED", "BOOKED", "WAITING", "FOR",
                             "0", "0", "0", "in", "all"]
    _, first = wait_for(daemon, "himitsu@example.jp", "ひみつ")
    time.sleep(1.1)
    _, second = wait_for(daemon, ask=ASK + "&channel=in_person&t=daytime")
    cancel(daemon, booked[0])
    page = Reader(daemon.url)
    path = link(letters(daemon, "himitsu@example.jp")[0])
    page.press(page.get(path), "この時間で予約する")

    shown = daemon.operator.get("/waitlist").json
    assert [shown[k] for k in ("joined", "offered", "booked")] == [2, 1, 1]
    had, waits = shown["wishes"]
    assert (had["code"], had["state"]) == (code_of(first), "booked")
    assert had["booked_at"] and had["channel"] is None
    assert (waits["code"], waits["state"]) == (code_of(second), "waiting")
    assert not waits["reachable"] and waits["offered_at"] is None
    assert (waits["from"], waits["until"]) == (DAY, DAY)
    kind = shown["kinds"][1]
    assert (kind["theme"], kind["channel"], kind["times"]) == (
        "health", "in_person", ["daytime"])
    assert (kind["joined"], kind["waiting"]) == (1, 1)
    refused = daemon.operator.get("/waitlist", {"from": "x"})
    assert refused.status == 422

    told = daemon.ctl("waitlist").stdout
    assert "health in_person daytime" in told
    assert code_of(second) in told and code_of(first) not in told
    seen = office(daemon).get("/staff/waitlist").text
    assert code_of(second) in seen and code_of(first) not in seen
    assert "申し込み2件のうち、お知らせできたもの1件、予約になったもの1件" in seen
    for text in (str(shown), told, seen):
        assert "ひみつ" not in text and "himitsu" not in text


def test_what_was_offered_can_be_taken(start):
    """Though her network has had its bookings of the day; but a wish is no
    way to a time that she did not wait for."""
    daemon = start(conf="bookings_per_network = 1\n")
    booked = fill(daemon)
    daemon.api.book(daemon.api.slots(theme="money")[0])
    reader, wish = wait_for(daemon, "a@example.jp")
    other = daemon.api.slots(theme="health", from_="2026-07-08")[0]["id"]
    assert reader.post("/waitlist/take", {"guard": wish.value("guard"),
                       "slot": other, "sure": "1"}).path != "/done"
    assert code_of(wish) not in confirmed(daemon, "2026-07-08")
    cancel(daemon, booked[0])
    guest = Reader(daemon.url)
    page = guest.get(link(letters(daemon, "a@example.jp")[0]))
    page = guest.press(page, "この時間で予約する")
    assert page.path == "/visit" and code_of(page) == code_of(wish)

    reader, wish = wait_for(daemon)
    cancel(daemon, booked[1])
    page = reader.get("/waitlist/wish")
    page = reader.press(page, page.slots()[0])
    page = reader.press(page, "この時間で予約する")
    assert page.path == "/done" and code_of(page) == code_of(wish)


def test_staff_strike_her_off(start):
    """She phones: by the number of her wish, or of the booking that was to be
    earlier; on the page and by hokenctl."""
    daemon = start()
    booked = fill(daemon)
    _, wish = wait_for(daemon, "a@example.jp", "ひみつ")
    mine = daemon.api.book(daemon.api.slots(theme="health")[0])
    reader = Reader(daemon.url)
    page = reader.press(reader.get("/manage"), "予約を開く", code=mine["code"],
                        words=mine["passphrase"])
    reader.press(page, "早い時間を待つ")
    staff = office(daemon)
    page = staff.press(staff.get("/staff/waitlist"), "この方のお待ちを取り消す",
                       code="1234-5678")
    assert page.status == 422 and "待っている方はいません" in page.text
    assert page.value("code") == "1234-5678"
    page = staff.press(page, "この方のお待ちを取り消す",
                       code="　" + code_of(wish).replace("-", "ー") + " ")
    assert "お待ちを取り消しました" in page.text
    assert code_of(wish) not in page.text and mine["code"] in page.text

    struck = daemon.ctl("waitlist", "withdraw", mine["code"])
    assert (struck.returncode, struck.stdout) == (
        0, f"withdrawn  {mine['code']}\n"), struck
    again = daemon.ctl("waitlist", "withdraw", mine["code"])
    assert again.returncode == 1 and "No wish" in again.stderr
    cancel(daemon, booked[0])
    assert len(daemon.api.slots(theme="health", from_=DAY, to=DAY)) == 1
    database = sqlite3.connect(f"file:{daemon.var}/hokend.db?mode=ro",
                               uri=True)
    assert database.execute("SELECT account <> 0, uid FROM audit WHERE"
                            " action = 'withdraw' ORDER BY id").fetchall() == \
        [(1, -1), (0, os.getuid())]
    assert database.execute("SELECT count(contact), count(mail_index) FROM"
                            " waitlist").fetchone() == (0, 0)
    database.close()
