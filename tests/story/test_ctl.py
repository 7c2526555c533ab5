"""hokenctl: tables for people, --json for scripts, exit statuses."""
import json
import re
import unicodedata

import pytest

from conftest import WEEKDAY


def run(daemon, *words, status=0, **more):
    done = daemon.ctl(*words, **more)
    assert done.returncode == status, (done.stdout, done.stderr)
    return done


def as_json(daemon, *words):
    return json.loads(run(daemon, "--json", *words).stdout)


def lines(daemon, *words):
    return [re.split(r"  +", line)
            for line in run(daemon, *words).stdout.splitlines()]


def width(text):
    return sum(1 + (unicodedata.east_asian_width(c) in "WF") for c in text)


def test_slots(daemon):
    doc = as_json(daemon, "slots", "--theme", "money", "--channel", "online",
                  "--from", "2026-07-01", "--to", "2026-07-31")
    assert doc["slots"] == daemon.api.slots(
        theme="money", channel="online", from_="2026-07-01", to="2026-07-31")
    table = lines(daemon, "slots", "--theme=money", "--channel", "online")
    assert table[0] == ["SLOT", "WHEN", "THEME", "ADVISOR", "PLACE",
                        "CHANNEL"]
    assert table[1][1:] == ["Thu 2026-07-02 18:00-19:00", "money", "money",
                            "online", "online"]


def test_themes(daemon):
    assert lines(daemon, "themes")[1] == ["career", "Your career", "career"]
    # Wide characters count two, whatever the terminal's locale is called.
    for lang in ("ja_JP.UTF-8", "ja", "C.UTF-8"):
        table = run(daemon, "themes", lang=lang).stdout.splitlines()
        assert ("キャリアのこと" in table[1]) == (lang != "C.UTF-8")
        ends = [line.rindex("  ") + 2 for line in table]
        assert len({width(line[:end])
                    for line, end in zip(table, ends)}) == 1, table
    assert as_json(daemon, "themes")["themes"][4]["code"] == "startup"


def test_book_show_move_cancel(daemon):
    first, second = daemon.api.slots()[:2]
    told = dict(lines(daemon, "book", first["id"], "--name", "雪 Yuki",
                      "--email", "yuki@example.jp", "--note", "静かな席"))
    code = told["code"]
    assert told["when"] == "Mon 2026-06-29 13:00-14:00"
    assert len(told["passphrase"].split()) == 3
    shown = dict(lines(daemon, "show", code))
    assert shown["name"] == "雪 Yuki"
    assert "note" not in shown
    shown = dict(lines(daemon, "show", code, "--with-note"))
    assert shown["note"] == "静かな席"
    assert "passphrase" not in shown
    assert as_json(daemon, "show", code)["email"] == "yuki@example.jp"
    today = lines(daemon, "today")
    assert today[0][0] == "CODE"
    assert today[1][:3] == [code, told["when"], "confirmed"]
    moved = dict(lines(daemon, "move", code, second["id"]))
    assert moved["when"] == "Mon 2026-06-29 14:00-15:00"
    assert as_json(daemon, "cancel", code)["state"] == "cancelled"
    assert run(daemon, "today").stdout == \
        "CODE  WHEN  STATE  THEME  ADVISOR  PLACE  CHANNEL\n"
    assert as_json(daemon, "today", "2026-06-30") == {
        "date": "2026-06-30", "bookings": []}
    again = run(daemon, "cancel", code, status=1)
    assert again.stderr.startswith("hokenctl: ")
    assert again.stdout == ""


def test_taken(daemon):
    slot = daemon.api.slots()[0]
    daemon.api.book(slot)
    done = run(daemon, "book", slot["id"], status=3)
    assert "Mon 2026-06-29 14:00-15:00" in done.stderr
    assert done.stdout == ""
    done = run(daemon, "--json", "book", slot["id"], status=3)
    assert json.loads(done.stdout)["code"] == "taken"


def test_refusals_name_the_field(daemon):
    slot = daemon.api.slots()[0]
    done = run(daemon, "book", slot["id"], "--email", "hana", "--language",
               "en", status=1)
    assert "hokenctl: email: " in done.stderr
    # In the operator's language, whatever that of her letters is.
    for lang in ("easy", "ja", "en"):
        assert run(daemon, "book", slot["id"], "--email", "hana",
                   "--language", lang, status=1).stderr == done.stderr
    done = run(daemon, "slots", "--from", "soon", status=1)
    assert "hokenctl: from: Please send a day" in done.stderr
    done = run(daemon, "slots", "--from", "soon", status=1, lang="ja_JP.UTF-8")
    assert "hokenctl: from: 日付は" in done.stderr


def test_outcome_and_usage(daemon):
    code = daemon.api.book(daemon.api.slots()[0])["code"]
    daemon.restart(rehearse="2026-06-29T16:30:00+09:00")
    assert dict(lines(daemon, "outcome", code, "attended"))[
        "state"] == "attended"
    span = ("--from", "2026-06-29", "--to", "2026-06-29")
    doc = as_json(daemon, "usage", *span)
    assert doc["total"]["attended"] == 1
    assert doc["total"]["booked_rate"] == pytest.approx(1 / 3)
    table = run(daemon, "usage", *span).stdout.splitlines()
    rows = {line.split()[0]: re.split(r"  +", line)[1:]
            for line in table[1:]}
    figures = ["3", "1", "33.3 %", "1", "33.3 %", "1", "0", "0.0 %", "0",
               "0.0 %"]
    assert rows == {name: figures
                    for name in ("total", "in_person", "career", "mon")}
    assert len({len(line) for line in table}) == 1


def test_room(daemon, tmp_path):
    dump = run(daemon, "room", "dump").stdout
    assert dump == daemon.operator.get("/room").text
    counts = dict(lines(daemon, "room", "load", str(WEEKDAY)))
    assert counts["themes"] == "5"
    assert as_json(daemon, "room", "load", "--prune", str(WEEKDAY))[
        "openings"] == 8
    run(daemon, "room", "load", "-", text=dump)
    wrong = tmp_path / "wrong.conf"
    wrong.write_text('theme "x" {\n\tcolour = red\n}\n')
    assert "line 2" in run(daemon, "room", "load", str(wrong),
                           status=1).stderr
    run(daemon, "room", "load", str(tmp_path / "none"), status=1)


def test_account(daemon):
    told = dict(lines(daemon, "account", "add", "hana", "--role", "staff"))
    assert told["name"] == "hana"
    assert len(told["one-time password"]) == 14
    run(daemon, "account", "add", "hana", "--role", "staff", status=1)
    assert as_json(daemon, "account", "add", "momo", "--role", "advisor",
                   "--advisor", "health")["role"] == "advisor"


@pytest.mark.parametrize("words", [
    [], ["dance"], ["slots", "extra"], ["book"], ["move", "1"],
    ["today", "a", "b"], ["slots", "--name", "x"], ["--colour"],
    ["room"], ["account", "add", "x"], ["-s"]])
def test_misuse(daemon, words):
    done = run(daemon, *words, status=2)
    assert "hokenctl" in done.stderr
    assert done.stdout == ""


def test_misuse_says_what_is_wrong(daemon):
    assert "no such command: dance" in run(daemon, "dance", status=2).stderr
    told = run(daemon, "book", status=2).stderr
    assert "wrong arguments: book" in told and "\tbook SLOT [--name" in told
    assert len(told.splitlines()) == 2
    told = run(daemon, "outlet", "add", status=2).stderr
    assert "\toutlet withdraw CODE\n" in told and "book" not in told


def test_help(daemon):
    done = run(daemon, "--help")
    assert "\tslots [--theme code]" in done.stdout
    assert "\tmove CODE SLOT" in done.stdout


def test_nobody_there(daemon, tmp_path):
    done = run(daemon, "-s", str(tmp_path / "no.sock"), "slots", status=1)
    assert "no.sock: No such file" in done.stderr
    assert "-s names the socket" in done.stderr
