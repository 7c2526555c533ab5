"""Pages whose text is the room's own: privacy, accessibility, urgent help."""
import pytest

from conftest import TRIAL, WEEKDAY
from reader import Reader

PAGES = {"/privacy": ("個人情報の扱い", "Privacy"),
         "/accessibility": ("使いやすさについて", "Accessibility"),
         "/crisis": ("いますぐ助けがいるとき", "If you need help now")}


@pytest.mark.parametrize("room, rehearse", [
    (WEEKDAY, "2026-06-29T09:00:00+09:00"),
    (TRIAL, "2024-06-24T09:00:00+09:00")])
def test_sample_rooms_say_it(start, room, rehearse):
    daemon = start(room=room, rehearse=rehearse)
    for i, lang in enumerate(("ja", "en")):
        reader = Reader(daemon.url, lang)
        for path, titles in PAGES.items():
            page = reader.follow(reader.get("/"), titles[i])
            assert (page.status, page.path) == (200, path)
            assert page.h1 == titles[i]
            assert "# " not in page.text.replace("#8008", "")
    text = Reader(daemon.url).get("/privacy")
    assert "<h2>いつまで残すか</h2>" in text.body
    assert "委託した事業者" in text.text


def test_only_what_the_room_says(daemon, tmp_path):
    dump = daemon.operator.get("/room").text
    lines = dump.split("\tprivacy_ja = ")
    assert len(lines) == 2
    # What was dumped loads again and says the same.
    load(daemon, dump)
    assert daemon.operator.get("/room").text == dump
    load(daemon, 'room {\n\tname_ja = "部屋"\n\tprivacy_ja = "一\n\n二 <b>\n# 三"\n'
                 '\tprivacy_en = ""\n\taccessibility_ja = ""\n'
                 '\taccessibility_en = ""\n}\n')
    reader = Reader(daemon.url, "en")
    page = reader.get("/privacy")
    assert '<div lang="ja">\n<p>一</p>\n<p>二 &lt;b&gt;</p>\n<h2>三</h2>' in \
        page.body
    assert reader.get("/accessibility").status == 404
    top = reader.get("/manage")
    assert "Accessibility" not in reader.get("/slots").text
    assert top.status == 200
    wrong = daemon.operator.call(
        "PUT", "/room", 'room {\nname_ja = "部屋"\nlead_ja = "一\n二"\n}\n'.encode(),
        Content_Type="text/plain; charset=utf-8")
    assert wrong.status == 422
    assert "line break" in wrong.json["reason"]


def load(daemon, text):
    answer = daemon.operator.call("PUT", "/room", text.encode(),
                                  Content_Type="text/plain; charset=utf-8")
    assert answer.status == 200, answer
