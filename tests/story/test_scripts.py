"""What scripts add, in a real browser: a list that lives, a hold that counts
down, buttons to copy.  A module of its own, since it listens in pages."""

from test_browser import (By, WebDriverWait, chromium,  # noqa: F401
                          first_slot, path, phone, press, tap, to_contact)


def values(phone):
    return phone.execute_script("""
        return [...document.querySelectorAll('#times button.slot')]
            .map(b => b.value)""")


def wait(phone, what):
    WebDriverWait(phone, 20).until(what)


def quick(phone):
    """Without the jitter that spares the server a crowd."""
    phone.execute_script("Math.random = () => 0")


def listening(phone):
    wait(phone, lambda p: p.execute_script(
        "return document.getElementById('times').heard !== undefined"))


def test_the_list_is_as_it_is(phone, daemon):
    phone.get(daemon.url + "/slots?theme=health")
    quick(phone)
    listening(phone)
    before = values(phone)
    phone.execute_script("""
        document.querySelectorAll('button.slot')[1].focus()
        document.querySelector('[name=channel][value=online]').checked = true
        """)
    code = daemon.api.book({"id": before[0]})["code"]
    wait(phone, lambda p: values(p) == before[1:])
    assert phone.execute_script(
        "return document.activeElement.value") == before[1]
    assert phone.execute_script("""
        return document.querySelector('[name=channel]:checked').value
        """) == "online", "what she is choosing stays"
    daemon.operator.post(f"/bookings/{code}/cancel", {})
    wait(phone, lambda p: values(p) == before)
    tap(phone, first_slot(phone), "/contact")


def test_a_hidden_page_is_silent(phone, daemon):
    phone.get(daemon.url + "/slots")
    quick(phone)
    listening(phone)
    hide = """Object.defineProperty(document, 'hidden',
        { value: arguments[0], configurable: true })
        document.dispatchEvent(new Event('visibilitychange'))"""
    before = values(phone)
    phone.execute_script(hide, True)
    wait(phone, lambda p: streams(daemon) == 0)
    daemon.api.book({"id": before[0]})
    phone.execute_script(hide, False)
    wait(phone, lambda p: before[0] not in values(p))
    assert streams(daemon) == 1


def streams(daemon):
    connection = daemon.operator.connection()
    connection.request("GET", "/metrics")
    text = connection.getresponse().read().decode()
    connection.close()
    line, = [n for n in text.splitlines() if n.startswith("hokend_streams ")]
    return int(line.split()[1])


def test_the_hold_counts_down(phone):
    to_contact(phone)
    shown = lambda: phone.find_element(  # noqa: E731
        By.CSS_SELECTOR, "[data-until] span.num").text
    red = """return document.querySelectorAll(
        '.berries circle[fill*=rowan]').length"""
    assert (shown(), phone.execute_script(red)) == ("10", 10)
    phone.execute_script("const was = Date.now.bind(Date);"
                         "Date.now = () => was() + 7.5 * 60000")
    wait(phone, lambda p: shown() == "3")
    assert phone.execute_script(red) == 3
    phone.execute_script("const is = Date.now.bind(Date);"
                         "Date.now = () => is() + 3 * 60000")
    lapsed = phone.find_element(By.CSS_SELECTOR, "[data-lapsed]")
    wait(phone, lambda p: lapsed.is_displayed())
    assert "入れたことは残っています" in lapsed.text
    assert not phone.find_elements(By.CSS_SELECTOR, ".berries")


def test_number_and_words_are_copied(phone):
    to_contact(phone)
    press(phone, "確認へ進む", "/check")
    press(phone, "この時間で予約する", "/done")
    phone.execute_script("""
        Object.defineProperty(navigator, 'clipboard', { value: {
            writeText: text => { window.copied = text
                return Promise.resolve() } } })""")
    phone.find_element(By.CSS_SELECTOR, "[data-copy]").click()
    wait(phone, lambda p: "コピーしました" in p.page_source.split("<main")[1]
         and p.find_element(By.CSS_SELECTOR, ".tools [role=status]").text)
    code = phone.find_element(By.CLASS_NAME, "code").text
    words = [w.text for w in phone.find_elements(
        By.CSS_SELECTOR, ".words span")]
    assert phone.execute_script("return copied") == " ".join([code, *words])
    shared = phone.find_element(By.CSS_SELECTOR, "[data-share]")
    assert shared.is_displayed() == phone.execute_script(
        "return Boolean(navigator.share)")
