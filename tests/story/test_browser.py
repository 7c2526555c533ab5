"""The main story in a real browser on a phone: top, theme, time, contact,
check, done, move, cancel.  Wants Chromium and its driver."""

import os
import shutil

import pytest

webdriver = pytest.importorskip("selenium.webdriver")
from selenium.webdriver.common.by import By  # noqa: E402
from selenium.webdriver.support.ui import WebDriverWait  # noqa: E402

PHONE = {"width": 360, "height": 740, "deviceScaleFactor": 1, "mobile": True}


@pytest.fixture(scope="module")
def chromium():
    if not shutil.which("chromedriver"):
        pytest.skip("no chromedriver")
    options = webdriver.ChromeOptions()
    for flag in ("--headless=new", "--no-sandbox", "--disable-gpu",
                 "--disable-dev-shm-usage", "--no-proxy-server",
                 "--lang=ja", "--window-size=360,740"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    service = webdriver.chrome.service.Service(
        shutil.which("chromedriver"), log_output=os.devnull)
    driver = webdriver.Chrome(options=options, service=service)
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", PHONE)
    driver.execute_cdp_cmd("Network.enable", {})
    driver.execute_cdp_cmd("Network.setExtraHTTPHeaders", {
        "headers": {"Accept-Language": "ja"}})
    yield driver
    driver.quit()


@pytest.fixture
def phone(chromium, daemon):
    chromium.delete_all_cookies()
    chromium.get_log("browser")
    chromium.get(daemon.url + "/")
    return chromium


def path(phone):
    return phone.execute_script("return location.pathname")


def press(phone, text, leads_to):
    """Taps what bears this text and waits for the page it leads to."""
    for element in phone.find_elements(By.CSS_SELECTOR, "main a, main button"):
        if text in element.text:
            break
    else:
        raise AssertionError(f"nothing bears {text} on {path(phone)}")
    tap(phone, element, leads_to)


def tap(phone, element, leads_to):
    phone.execute_script("arguments[0].scrollIntoView({block: 'center'})",
                         element)
    element.click()
    WebDriverWait(phone, 10).until(lambda p: path(p) == leads_to)
    at_ease(phone)


def at_ease(phone):
    """What holds on every page: no sideways scroll, one heading, targets a
    thumb can hit, text large enough, nothing that the policy had to stop."""
    assert phone.execute_script(
        "return document.documentElement.scrollWidth") <= 360, path(phone)
    assert len(phone.find_elements(By.TAG_NAME, "h1")) == 1
    small = small_targets(phone)
    assert not small, (path(phone), small)
    tiny = phone.execute_script("""
        return [...document.querySelectorAll('body *')]
            .filter(e => e.getClientRects().length && !e.closest('svg, rt') &&
                [...e.childNodes].some(n => n.nodeType == 3 && n.data.trim())
                && parseFloat(getComputedStyle(e).fontSize) < 16)
            .map(e => e.outerHTML.slice(0, 90))""")
    assert not tiny, (path(phone), tiny)
    stopped = [entry["message"] for entry in phone.get_log("browser")
               if "Content Security Policy" in entry["message"]]
    assert not stopped, stopped


def small_targets(phone):
    """Links in sentences are as large as their line."""
    return phone.execute_script("""
        const small = box => box.height < 43.5 || box.width < 43.5
        return [...document.querySelectorAll(
                'a, button, summary, input, select, textarea')]
            .filter(e => e.type != 'hidden' && !e.closest('p, .errors, .skip'))
            .map(e => e.closest('label') || e)
            .filter(e => e.getClientRects().length &&
                small(e.getBoundingClientRect()))
            .map(e => e.outerHTML.slice(0, 90))""")


def first_slot(phone):
    return phone.find_element(By.CSS_SELECTOR, "button.slot")


def type_into(phone, name, text):
    field = phone.find_element(By.NAME, name)
    field.clear()
    field.send_keys(text)


def to_contact(phone):
    at_ease(phone)
    tap(phone, phone.find_element(By.CSS_SELECTOR, "a.card"), "/slots")
    tap(phone, first_slot(phone), "/contact")


def test_from_the_first_page_to_cancelling(phone):
    to_contact(phone)
    assert "まで、この時間をお取りしています" in phone.page_source
    type_into(phone, "name", "ゆき")
    type_into(phone, "mail", "yuki@example.jp")
    press(phone, "確認へ進む", "/check")
    assert "ゆき" in phone.find_element(By.TAG_NAME, "main").text
    press(phone, "この時間で予約する", "/done")
    assert "ご予約が" in phone.find_element(By.TAG_NAME, "h1").text
    code = phone.find_element(By.CLASS_NAME, "code").text
    words = phone.find_elements(By.CSS_SELECTOR, ".words span")
    assert len(words) == 3
    for part in (".when", ".code", ".words"):
        bottom = phone.execute_script(
            "return arguments[0].getBoundingClientRect().bottom + scrollY",
            phone.find_element(By.CSS_SELECTOR, part))
        assert bottom <= 740, f"{part} is on the first screen"
    press(phone, "予約を確認・変更する", "/visit")
    before = phone.find_element(By.CLASS_NAME, "when").text
    press(phone, "ほかの時間を見る", "/visit/move")
    tap(phone, first_slot(phone), "/visit/move")
    press(phone, "この時間に変える", "/visit")
    assert phone.find_element(By.CLASS_NAME, "code").text == code
    assert phone.find_element(By.CLASS_NAME, "when").text != before
    press(phone, "この予約を取りやめる", "/visit/cancel")
    press(phone, "この予約を取りやめる", "/visit")
    assert "またいつでも" in phone.find_element(By.TAG_NAME, "h1").text


def test_an_error_takes_the_focus_and_leads_to_its_field(phone):
    to_contact(phone)
    type_into(phone, "mail", "yuki@example")
    press(phone, "確認へ進む", "/contact")
    assert phone.title.startswith("エラー：")
    summary = phone.find_element(By.CLASS_NAME, "errors")
    assert phone.switch_to.active_element == summary
    summary.find_element(By.TAG_NAME, "a").click()
    mail = phone.find_element(By.NAME, "mail")
    assert mail.get_attribute("value") == "yuki@example"
    assert mail.get_attribute("aria-invalid") == "true"
    described = mail.get_attribute("aria-describedby").split()
    assert described[0] == "mail-e"
    assert "途中" in phone.find_element(By.ID, "mail-e").text


def test_enter_means_go_on(phone):
    to_contact(phone)
    field = phone.find_element(By.NAME, "name")
    field.send_keys("ゆき\n")
    WebDriverWait(phone, 10).until(lambda p: path(p) == "/check")


def test_the_quick_exit_works(phone):
    to_contact(phone)
    phone.find_element(By.CSS_SELECTOR, "header.visit button").click()
    WebDriverWait(phone, 10).until(
        lambda p: not p.current_url.endswith("/contact"))
    stopped = [entry["message"] for entry in phone.get_log("browser")
               if "Content Security Policy" in entry["message"]]
    assert not stopped, stopped
