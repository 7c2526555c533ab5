"""Her three minutes: from the first page to the number in at most five taps
and two typed fields; by keyboard alone; without scripts."""

import pytest
from test_browser import (By, WebDriverWait, chromium,  # noqa: F401
                          path, phone)
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys


class Thumb:
    """Touches what a person sees, and counts."""

    def __init__(self, phone):
        self.phone = phone
        self.taps = self.typed = 0
        phone.execute_cdp_cmd("Emulation.setTouchEmulationEnabled",
                              {"enabled": True, "maxTouchPoints": 1})

    def tap(self, selector):
        element = self.phone.find_element(By.CSS_SELECTOR, selector)
        at = self.phone.execute_script("""
            arguments[0].scrollIntoView({block: 'center'})
            const box = arguments[0].getBoundingClientRect()
            return {x: box.x + box.width / 2, y: box.y + box.height / 2}""",
            element)
        assert at["x"] <= 360 and 0 <= at["y"] <= 740
        for kind, points in (("touchStart", [at]), ("touchEnd", [])):
            self.phone.execute_cdp_cmd("Input.dispatchTouchEvent", {
                "type": kind, "touchPoints": points})
        self.taps += 1

    def type(self, selector, text):
        self.tap(selector)
        self.phone.execute_cdp_cmd("Input.insertText", {"text": text})
        self.typed += 1


def arrives(phone, at):
    WebDriverWait(phone, 20).until(
        lambda p: path(p) == at and p.execute_script(
            "return document.readyState") == "complete")


@pytest.fixture
def thumb(phone):
    yield Thumb(phone)
    phone.execute_cdp_cmd("Emulation.setTouchEmulationEnabled",
                          {"enabled": False})


@pytest.mark.parametrize("first, typed, taps", [
    # Somebody now, to be called by a name and reached.
    (["#soon button.slot"], 2, 5),
    # Somebody for this, nothing told.
    (["a.card.health", "button.slot"], 0, 4),
    (["a.card.vague", "button.slot"], 0, 4),
])
def test_by_touch(phone, thumb, first, typed, taps):
    for selector in first:
        thumb.tap(selector)
        arrives(phone, "/slots" if "card" in selector else "/contact")
    if typed:
        thumb.type("#name", "ゆき")
        thumb.type("#mail", "yuki@example.jp")
    thumb.tap("main form .btn.main")
    arrives(phone, "/check")
    shown = phone.find_element(By.CSS_SELECTOR, ".summary").text
    assert ("ゆき" in shown and "yuki@example.jp" in shown) == bool(typed)
    thumb.tap("main form .btn.main")
    arrives(phone, "/done")
    assert "ご予約が" in phone.find_element(By.TAG_NAME, "h1").text
    assert (thumb.taps, thumb.typed) == (taps, typed)
    assert thumb.taps <= 5 and thumb.typed <= 2


def reach(phone, selector):
    """Goes on by Tab until that has the focus, which must be seen."""
    for _ in range(120):
        ActionChains(phone).send_keys(Keys.TAB).perform()
        if phone.execute_script("""
                const on = document.activeElement
                return on.matches(arguments[0])""", selector):
            assert phone.execute_script("""
                const on = document.activeElement
                const box = on.getBoundingClientRect()
                return on.matches(':focus-visible') &&
                    getComputedStyle(on).outlineStyle != 'none' &&
                    box.top >= 0 && box.bottom <= innerHeight"""), selector
            return
    raise AssertionError(f"no Tab leads to {selector} on {path(phone)}")


def test_by_keyboard(phone):
    reach(phone, "a.skip")
    reach(phone, "a.card.money")
    ActionChains(phone).send_keys(Keys.ENTER).perform()
    arrives(phone, "/slots")
    reach(phone, "button.slot")
    ActionChains(phone).send_keys(Keys.ENTER).perform()
    arrives(phone, "/contact")
    reach(phone, "#name")
    ActionChains(phone).send_keys("yuki").perform()
    reach(phone, "main form .btn.main")
    ActionChains(phone).send_keys(Keys.SPACE).perform()
    arrives(phone, "/check")
    reach(phone, "main form .btn.main")
    ActionChains(phone).send_keys(Keys.ENTER).perform()
    arrives(phone, "/done")


@pytest.fixture
def without_scripts(phone):
    phone.execute_cdp_cmd("Emulation.setScriptExecutionDisabled",
                          {"value": True})
    yield phone
    phone.execute_cdp_cmd("Emulation.setScriptExecutionDisabled",
                          {"value": False})


def test_without_scripts(without_scripts, daemon):
    phone = without_scripts
    phone.get(daemon.url + "/")
    for selector, at in (
            ("a.card.career", "/slots"), ("button.slot", "/contact"),
            ("main form .btn.main", "/check"),
            ("main form .btn.main", "/done")):
        phone.find_element(By.CSS_SELECTOR, selector).click()
        arrives(phone, at)
        if at in ("/contact", "/check"):
            # The hold's end stands there as a time.
            until = phone.find_element(By.CSS_SELECTOR, "[data-until] b")
            assert until.is_displayed() and ":" in until.text
    assert "ご予約が" in phone.find_element(By.TAG_NAME, "h1").text
    for only in ("data-copy", "data-share"):
        button = phone.find_element(By.CSS_SELECTOR, f"[{only}]")
        assert not button.is_displayed(), "nothing is shown that does nothing"
