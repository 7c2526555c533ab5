"""Flyers on paper: printed by Chromium, looked at by poppler, and their codes
read by zbar, none of which is ours."""
import base64
import re
import subprocess

import pytest
from reader import Reader
from staff import office
from test_browser import chromium  # noqa: F401
from eye import AXE, look_as

TELLING = ("保健室", "相談", "キャリア", "健康", "お金", "起業", "家族", "職場",
           "女性", "大丈夫", "秘密", "無料", "旭川市")
POINTS_PER_MM = 72 / 25.4


def run(*words):
    return subprocess.run(words, capture_output=True, text=True, check=True,
                          encoding="utf-8").stdout


class Paper:
    def __init__(self, chromium, address, path):
        chromium.get(address)
        printed = chromium.execute_cdp_cmd("Page.printToPDF", {
            "preferCSSPageSize": True, "printBackground": True})
        path.write_bytes(base64.b64decode(printed["data"]))
        self.path = str(path)
        self.text = "".join(run("pdftotext", self.path, "-").split())

    def info(self):
        found = run("pdfinfo", self.path)
        size = re.search(r"Page size: +([\d.]+) x ([\d.]+)", found).groups()
        return (int(re.search(r"Pages: +(\d+)", found)[1]),
                [round(float(side) / POINTS_PER_MM) for side in size])

    def codes(self):
        image = self.path[:-4]
        run("pdftoppm", "-r", "150", "-gray", "-png", "-singlefile",
            self.path, image)
        return run("zbarimg", "--raw", "-q", image + ".png").split()

    def look(self):
        return subprocess.run(["pdftoppm", "-r", "20", self.path],
                              capture_output=True, check=True).stdout

    def words(self):
        """(left, top, right, bottom) of each word, in mm."""
        boxes = run("pdftotext", "-bbox", self.path, "-")
        return [[float(n) / POINTS_PER_MM for n in word] for word in re.findall(
            r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)"'
            r' yMax="([\d.]+)"', boxes)]


@pytest.fixture
def outlet(daemon):
    made = daemon.operator.post("/outlets", {"name": "市立病院の待合室"})
    return made.json


@pytest.fixture
def paper(daemon, outlet, chromium, tmp_path):
    """paper(size, discreet, in) -> Paper, as hokenctl writes it."""
    def make(size="a4", discreet=False, language="ja"):
        words = ["flyer", outlet["name"], "--size", size, "--in", language]
        written = daemon.ctl(*words, *(["--discreet"] if discreet else []))
        assert written.returncode == 0, written.stderr
        file = tmp_path / "flyer.html"
        file.write_text(written.stdout)
        return Paper(chromium, file.as_uri(), tmp_path / "flyer.pdf")
    return make


@pytest.mark.parametrize("size, cards", [("a4", 1), ("a6", 4)])
def test_one_sheet_that_leads_there(outlet, paper, size, cards):
    for discreet, language in ((False, "ja"), (False, "en"), (False, "easy"),
                               (True, "ja")):
        sheet = paper(size, discreet, language)
        assert sheet.info() == (1, [210, 297])
        assert sheet.codes() == [outlet["url"]] * cards
        assert sheet.text.count("/f/" + outlet["code"]) == cards
        assert sheet.text.count("0166-00-0000") == cards


@pytest.mark.parametrize("size", ["a4", "a6"])
def test_nothing_is_cut_off(paper, size):
    """Every word is at least 7 mm from each edge of its card."""
    wide, high = (210, 297) if size == "a4" else (105, 148.5)
    words = paper(size).words()
    assert len(words) > 10
    for left, top, right, bottom in words:
        card_x, card_y = left // wide * wide, top // high * high
        assert left - card_x >= 7 and card_x + wide - right >= 7
        assert top - card_y >= 7 and card_y + high - bottom >= 7


def test_what_it_says(paper):
    full = paper().text
    for word in ("大丈夫です", "月曜日", "金曜日", "起業", "無料"):
        assert word in full
    for size in ("a4", "a6"):
        for word in TELLING:
            assert word not in paper(size, discreet=True).text


def test_paper_is_light_on_a_dark_screen(paper, chromium):
    before = paper().look()
    chromium.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [
        {"name": "prefers-color-scheme", "value": "dark"}]})
    after = paper().look()
    chromium.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    assert before == after


def test_the_page_of_the_office(daemon, outlet, chromium, tmp_path):
    reader = office(daemon)
    page = reader.follow(reader.get("/staff/outlets"), "チラシを印刷する")
    assert page.path == f"/staff/outlets/{outlet['code']}/flyer"
    page = reader.follow(page, "A6 4枚")
    page = reader.follow(page, "何のチラシか書かない")
    page = reader.follow(page, "English")
    assert "Appointments and questions" in page.body
    chromium.get(daemon.url + "/robots.txt")
    for cookie in reader.jar:
        chromium.add_cookie({"name": cookie.name, "value": cookie.value,
                             "path": "/"})
    sheet = Paper(chromium, page.url, tmp_path / "page.pdf")
    assert sheet.info() == (1, [210, 297])
    assert sheet.codes() == [outlet["url"]] * 4
    chromium.get(page.url.replace("discreet=1", "discreet=0"))
    chromium.execute_script("if (!window.axe) { " + AXE.read_text() + " }")
    for scheme in ("light", "dark"):
        look_as(chromium, 360, scheme)
        found = chromium.execute_async_script("""
            const done = arguments[0]
            axe.run({resultTypes: ['violations']}).then(r => done(
                r.violations.map(v => [v.id, v.nodes.map(n => n.html)])))""")
        assert not found, (scheme, found)
    chromium.delete_all_cookies()


def test_a_flyer_of_nothing(daemon):
    assert daemon.ctl("flyer", "どこにもない").returncode == 1
    reader = office(daemon)
    assert reader.get("/staff/outlets/none/flyer").status == 404
    assert Reader(daemon.url).get("/staff/outlets/none/flyer").path == \
        "/sign-in"
