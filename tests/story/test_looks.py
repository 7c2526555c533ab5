"""Every page in all languages, as the eye sees it (eye.py): the walks that
people take.  What a page shows only now and then is in test_states.py."""

import email
import re

import pytest
from conftest import HOUSE, TRIAL
from eye import eye, languages, press, visit, look  # noqa: F401
from test_browser import (By, WebDriverWait, chromium,  # noqa: F401
                          type_into)

SECRET = "kita no kuni no haru"


def test_a_city_replaces_the_tokens_alone():
    """No colour stands elsewhere; a QR code is black on white."""
    for path in (HOUSE / "client").glob("*/*"):
        colour = {".css": r"#[\da-f]{3,8}\b|\brgb|\bhsl",
                  ".html": r"(?:fill|stroke|color)=\"#"}.get(path.suffix)
        if colour and path.name not in ("tokens.css", "qr_code.html"):
            assert not re.findall(colour, path.read_text(), re.I), path


def test_public_pages(eye, daemon):
    visit(eye, daemon, "/", "/slots", "/slots?long=1&t=daytime&theme=health",
          "/slots?channel=online&theme=health", "/slots?soon=1&t=weekend",
          "/slots?theme=nonsense", "/slots?from=2031-01-01", "/nope",
          "/slots?theme=%FF", "/slots?anything=1", "/slots?told=1",
          "/privacy", "/accessibility", "/crisis",
          "/manage", "/contact", "/sign-in", "/mail",
          "/manage/" + "A" * 38)


@pytest.mark.parametrize("eye", languages("tidings"), indirect=True)
def test_an_advisor_chooses_her_letters(eye, daemon):
    made = daemon.operator.post("/accounts", {
        "name": "mona", "role": "advisor", "advisor": "health"}).json
    daemon.operator.post("/tidings/health", {
        "email": "nurse@example.jp", "letters": ["digest"]})
    eye.get(daemon.url + "/sign-in?to=/staff/tidings")
    type_into(eye, "name", "mona")
    type_into(eye, "password", made["one_time_password"])
    press(eye)
    type_into(eye, "new", SECRET)
    type_into(eye, "again", SECRET)
    press(eye)
    visit(eye, daemon, "/staff/tidings")
    press(eye)
    mail = eye.find_element(By.NAME, "mail")
    mail.clear()
    mail.send_keys("nurse@")
    press(eye)


def test_the_card(eye, daemon):
    visit(eye, daemon, "/card")
    press(eye)                      # nothing chosen
    visit(eye, daemon, "/card?thanks")


def test_her_visit(eye, daemon):
    eye.get(daemon.url + "/slots?theme=health")
    press(eye, "button.slot")
    type_into(eye, "mail", "yuki@example")
    press(eye)
    type_into(eye, "mail", "yuki@example.ac.jp")
    press(eye)
    press(eye)
    visit(eye, daemon, "/done?print", "/visit", "/visit?noted",
          "/visit/move?theme=", "/visit/move")
    press(eye, "button.slot")
    taken = eye.find_element(By.NAME, "slot").get_attribute("value")
    daemon.api.book({"id": taken})
    press(eye)
    press(eye, "button.slot")
    press(eye)
    visit(eye, daemon, "/visit/forget")
    press(eye, "main form button")
    visit(eye, daemon, "/visit/forget", "/visit/cancel")
    press(eye, "main form button")
    visit(eye, daemon, "/visit/forget")
    press(eye, "main form button")
    visit(eye, daemon, "/mail")
    press(eye, "main a[href^='/mail/']")


def test_the_waiting_list(eye, daemon):
    day = "2026-07-01"
    ask = f"/waitlist?theme=health&from={day}&until={day}"
    booked = [daemon.operator.book(slot) for slot in daemon.api.slots(
        theme="health", from_=day, to=day)]
    visit(eye, daemon, "/slots?theme=health&soon=1", "/waitlist",
          "/waitlist?until=2026-06-01", ask + "&t=morning&t=evening&long=1"
          "&channel=in_person&place=hall")
    for mail in ("yuki@", "yuki@example.jp"):
        eye.get(daemon.url + ask)
        type_into(eye, "mail", mail)
        press(eye)
    daemon.operator.post(f"/bookings/{booked[0]['code']}/cancel", {})
    WebDriverWait(eye, 30).until(lambda e: e.get(
        daemon.url + "/waitlist/wish") or e.find_elements(
            By.CSS_SELECTOR, ".hold .btn"))
    look(eye)
    press(eye, ".hold .btn")
    press(eye, "button[value=decline]")
    visit(eye, daemon, stop_path(daemon))
    press(eye)
    visit(eye, daemon, "/waitlist/wish")
    daemon.operator.book(daemon.api.slots(theme="health", from_=day,
                                          to=day)[0])
    eye.get(daemon.url + ask)
    press(eye)                      # by number and words alone
    daemon.operator.post(f"/bookings/{booked[1]['code']}/cancel", {})
    visit(eye, daemon, "/waitlist/wish")
    press(eye, "button.slot")
    press(eye)
    visit(eye, daemon, "/visit?booked")
    press(eye, "form[action='/visit/earlier'] button")


def stop_path(daemon):
    """Where the only letter leads that can be stopped."""
    (letter,) = [m for m in map(email.message_from_bytes, (
        path.read_bytes() for path in (daemon.var / "mail/new").glob("*")))
        if m["List-Unsubscribe"]]
    return re.search(r"/stop/[^>]*", letter["List-Unsubscribe"]).group(0)


def test_wrong_words(eye, daemon):
    eye.get(daemon.url + "/manage")
    type_into(eye, "code", "1234-5678")
    type_into(eye, "words", "a b c")
    press(eye)


def enter(eye, daemon, password):
    eye.get(daemon.url + "/sign-in")
    type_into(eye, "name", "staff")
    type_into(eye, "password", password)
    press(eye)


# The office does not speak easy Japanese.
@pytest.mark.parametrize("eye", languages("staff"), indirect=True)
def test_office(eye, start):
    daemon = start(room=TRIAL, rehearse="2024-06-24T09:00:00+09:00")
    once = re.search(r"password +(\S+)", daemon.out.read_text()).group(1)
    enter(eye, daemon, "wrong")
    enter(eye, daemon, once)
    for password in ("short", SECRET):
        type_into(eye, "new", password)
        type_into(eye, "again", password)
        press(eye)
    visit(eye, daemon, "/password", "/staff", "/staff/usage",
          "/staff/usage?from=x", "/staff/feeds", "/staff/day?date=x",
          "/staff/accounts", "/staff/outlets", "/staff/answers",
          "/staff/waitlist?struck=1", "/staff/waitlist")
    press(eye, "main form[action='/staff/waitlist'] .btn")  # no number
    visit(eye, daemon, "/staff/letters/samples", "/staff/tidings",
          "/staff/tidings?saved")
    eye.execute_script("""
        document.querySelector('details').open = true
        document.querySelector('[name=notices]').checked = true""")
    press(eye)                      # without an address
    press_add = "main form[action='/staff/outlets'] .btn.main"
    eye.get(daemon.url + "/staff/outlets")
    press(eye, press_add)           # without a name
    type_into(eye, "name", "市立病院の待合室")
    press(eye, press_add)

    flyer = eye.find_element(By.CSS_SELECTOR, "a[href$='/flyer']")
    flyer = flyer.get_attribute("href").removeprefix(daemon.url)
    visit(eye, daemon, *(f"{flyer}?size={size}&discreet={discreet}"
                         for size in ("a4", "a6")
                         for discreet in (0, 1)))

    slots = daemon.api.slots(from_="2024-07-01", to="2024-07-31")[::2]
    codes = [daemon.api.book(slot, name="Yuki")["code"] for slot in slots]
    hours = "/staff/close?what=place:hall&from=2024-07-10&until=2024-07-"
    visit(eye, daemon, "/staff/close", hours + "09", hours + "10")
    press(eye)
    daemon.restart(rehearse="2024-07-03T13:20:00+09:00")
    enter(eye, daemon, SECRET)
    visit(eye, daemon, "/staff", "/staff/day?date=2024-07-10")
    eye.get(daemon.url + "/staff")
    press(eye, "form[action^='/staff/open'] button")
    press(eye, "button[value=attended]")
    daemon.restart(rehearse="2024-10-01T09:00:00+09:00")
    for code in codes[1:]:
        daemon.operator.post(f"/bookings/{code}/outcome",
                             {"outcome": "attended"})
    enter(eye, daemon, SECRET)
    visit(eye, daemon, "/staff/usage?from=2024-07-01&to=2024-09-30",
          "/staff/day?date=2024-07-03")
