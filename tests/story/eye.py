"""An eye for pages: Chromium as a reader of one language, narrow and wide, in
light and in dark, folds closed and open.  axe finds nothing, nothing scrolls
sideways, a thumb hits everything.  With SHOTS=dir, pictures of the same pages
are taken instead (tests/shots)."""

import base64
import json
import os
import pathlib

import pytest
from conftest import HOUSE
from test_browser import WebDriverWait, small_targets

AXE = HOUSE / "tests/node_modules/axe-core/axe.min.js"
SHOTS = os.environ.get("SHOTS")
ALL = "{resultTypes: ['violations'], preload: false}"
COLOURS = "{resultTypes: ['violations'], runOnly: ['color-contrast']}"
# Every colour in both schemes; the other rules do not know of schemes.
LOOKS = [(360, "light", True, ALL), (360, "dark", True, COLOURS),
         (1280, "dark", False, ALL), (1280, "light", False, COLOURS)]


def languages(catalogue):
    return sorted(path.name.split(".")[1] for path in
                  (HOUSE / "client/po").glob(catalogue + ".*.po"))


@pytest.fixture(params=languages("pages"))
def eye(request, chromium):
    """Chromium as a reader of one language, and its look at a page."""
    chromium.story = request.node.name
    chromium.delete_all_cookies()
    speak(chromium, request.param)
    axe = chromium.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {
        "source": "" if SHOTS else AXE.read_text()})
    yield chromium
    chromium.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", axe)
    look_as(chromium, 360, "light")
    speak(chromium, "ja")


def speak(eye, lang):
    eye.execute_cdp_cmd("Network.setExtraHTTPHeaders", {
        "headers": {"Accept-Language": lang}})


def look_as(eye, width, scheme, height=740):
    eye.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
        "width": width, "height": height, "deviceScaleFactor": 1,
        "mobile": width < 500})
    eye.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [
        {"name": "prefers-color-scheme", "value": scheme}]})


def unfold(eye, folds):
    eye.execute_script("""
        document.querySelectorAll('details').forEach(d => {
            d.dataset.was ??= d.open; d.open = arguments[0] ||
                d.dataset.was == 'true' })""", folds)


def look(eye):
    (picture if SHOTS else examine)(eye)


def examine(eye):
    for width, scheme, folds, rules in LOOKS:
        look_as(eye, width, scheme)
        unfold(eye, folds)
        found = violations(eye, rules)
        assert not found, (eye.current_url, width, scheme, found)
    # 1280 x 1024 at 400 %, which is also the narrowest phone.
    look_as(eye, 320, "light", 256)
    unfold(eye, True)
    assert eye.execute_script(
        "return document.documentElement.scrollWidth") <= 320, eye.current_url
    small = small_targets(eye)
    assert not small, (eye.current_url, small)
    look_as(eye, 360, "light")
    unfold(eye, False)


def violations(eye, rules):
    return eye.execute_async_script(f"""
        const done = arguments[0]
        axe.run({rules}).then(r => done(
            r.violations.map(v => [v.id, v.nodes.map(n => n.html)])))""")


def picture(eye):
    """Both widths, light and dark, and a line for the index."""
    into = pathlib.Path(SHOTS)
    page = {"story": eye.story, "title": eye.title, "files": [],
            "path": eye.execute_script(
                "return location.pathname + location.search")}
    number = len(list(into.glob("*.png"))) // 4 + 1
    for width in (360, 1280):
        for scheme in ("light", "dark"):
            look_as(eye, width, scheme)
            file = f"{number:03}-{width}-{scheme}.png"
            height = eye.execute_cdp_cmd(
                "Page.getLayoutMetrics", {})["cssContentSize"]["height"]
            shot = eye.execute_cdp_cmd("Page.captureScreenshot", {
                "captureBeyondViewport": True, "clip": {
                    "x": 0, "y": 0, "width": width, "height": height,
                    "scale": 1}})
            (into / file).write_bytes(base64.b64decode(shot["data"]))
            page["files"].append(file)
    with open(into / "pages.jsonl", "a") as index:
        index.write(json.dumps(page, ensure_ascii=False) + "\n")
    look_as(eye, 360, "light")


def visit(eye, daemon, *paths):
    for path in paths:
        eye.get(daemon.url + path)
        look(eye)


def go(eye, selector="main form .btn.main", value=None):
    """Presses that, be it with another value, and waits for the page behind
    it.  In one stroke, since a list of free times may change meanwhile."""
    eye.execute_script("""window.before = true
        const element = document.querySelector(arguments[0])
        if (arguments[1]) element.value = arguments[1]
        element.click()""", selector, value)
    WebDriverWait(eye, 30).until(lambda e: e.execute_script(
        "return !window.before && document.readyState == 'complete'"))


def press(eye, *what, **more):
    go(eye, *what, **more)
    look(eye)
