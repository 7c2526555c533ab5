"""A start that cannot be says why, and what it found stays as it was."""

import os
import re
import shutil
import subprocess

import pytest
from conftest import HOKEND, HOKENCTL, HOUSE, TRIAL, WEEKDAY, free_port

JUNE = "2024-06-24T09:00:00+09:00"


def refused(*words):
    """Starts hokend, which must end by itself; its status and complaint."""
    run = subprocess.run([HOKEND, *words], cwd=HOUSE, capture_output=True,
                         text=True, timeout=30, stdin=subprocess.DEVNULL)
    assert run.returncode != 0
    return run.returncode, run.stderr


@pytest.mark.parametrize("words, says", [
    (["-p", "99999"], "-p: wants a port from 1 to 65535"),
    (["-p", "80x"], "-p: wants a port from 1 to 65535"),
    (["-f", "/no/such.conf"], "/no/such.conf: No such file"),
    (["--rehearse", "tomorrow"], "--rehearse: wants 2024-06-24T09"),
    (["--rehearse", JUNE + ",fast"], "--rehearse: wants 2024-06-24T09"),
    (["extra"], "usage: hokend"),
])
def test_wrong_words(tmp_path, words, says):
    status, told = refused("-d", tmp_path / "var", *words)
    assert status == 2
    assert says in told
    assert not (tmp_path / "var").exists()


@pytest.mark.parametrize("conf, says", [
    ('prt = 8080', ":1: no such option 'prt'"),
    ('zone = "Asia/Nowhere"', "Asia/Nowhere: no such time zone"),
    ('listen = "0.0.0.0"', "needs a public_url"),
    ('listen = "0.0.0.0"\npublic_url = "https://a.example"',
     "needs a trusted_proxy"),
])
def test_wrong_configuration(tmp_path, conf, says):
    path = tmp_path / "hokend.conf"
    path.write_text(conf)
    status, told = refused("-n", "-f", path, "-d", tmp_path / "var")
    assert status == 2
    assert says in told
    assert "usage" not in told


def broken(var, name, content):
    (var / name).write_bytes(content)
    (var / name).chmod(0o600)


@pytest.mark.parametrize("spoil, says", [
    (lambda var: (var / "keys").unlink(), "put the room's keys back"),
    (lambda var: broken(var, "keys", b"x"), "keys reason=damaged"),
    (lambda var: (var / "keys").chmod(0o640), "chmod 600"),
    (lambda var: broken(var, "hokend.db", b"x" * 4096),
     "hokend.db what="),
])
def test_a_check_finds_what_a_start_would(tmp_path, spoil, says):
    var = tmp_path / "var"
    command = ["-f", "/dev/null", "-d", var, "-r", WEEKDAY]
    fine = subprocess.run([HOKEND, "-n", *command], cwd=HOUSE,
                          capture_output=True, text=True)
    assert (fine.returncode, fine.stdout, fine.stderr) == (0, "", "")
    assert not var.exists()
    subprocess.run([HOKEND, "--setup", *command], cwd=HOUSE, check=True,
                   capture_output=True)
    spoil(var)
    for words in (["-n"], ["--setup"]):
        status, told = refused(*words, *command)
        assert status == 1 and says in told


def test_a_check_reads_room_and_password(tmp_path):
    conf = tmp_path / "hokend.conf"
    conf.write_text('public_url = "https://a.example"\n'
                    'trusted_proxy = "127.0.0.1"\nsmtp_user = "a"\n'
                    'smtp = "smtp://mail.example"\n'
                    'smtp_password_file = "/no/such"\n')
    words = ["-n", "-f", conf, "-d", tmp_path / "var"]
    assert "/no/such" in refused(*words)[1]
    assert "README.md" in refused(*words, "-r", "README.md")[1]


@pytest.mark.parametrize("room, says", [
    ("nope.conf", "No such file"),
    ("etc", "Is a directory"),
    ("README.md", "line "),
    (None, "an empty database needs a room file"),
])
def test_wrong_room(tmp_path, room, says):
    words = ["-r", room] if room else []
    status, told = refused("-d", tmp_path / "var", "-p", str(free_port()),
                           *words)
    assert status == 1
    assert says in told
    assert not (tmp_path / "var").exists()


@pytest.mark.parametrize("program", [HOKEND, HOKENCTL])
def test_help_and_version(program):
    said = [subprocess.run([program, word], cwd=HOUSE, check=True,
                           capture_output=True, text=True)
            for word in ("-h", "--help", "--version")]
    assert all(done.stderr == "" for done in said)
    assert said[0].stdout == said[1].stdout
    assert said[0].stdout.startswith(f"usage: {program.name} [")
    assert re.match(program.name + r" \d+\.\d+\.\d+\b", said[2].stdout)


def test_a_port_in_use_is_named(daemon, tmp_path):
    status, told = refused("-d", tmp_path / "other", "-p", str(daemon.port),
                           "-r", WEEKDAY)
    assert status == 1
    assert f'at="127.0.0.1 port {daemon.port}"' in told
    assert "Address already in use" in told


def test_one_hokend_a_database(daemon):
    status, told = refused("-d", daemon.var, "-p", str(free_port()))
    assert status == 1
    assert "another hokend is running" in told


def test_a_database_stays_what_it_is(start, tmp_path):
    daemon = start(room=TRIAL, rehearse=JUNE)
    daemon.stop()
    var, port = ["-d", daemon.var], ["-p", str(free_port())]
    zone = tmp_path / "zone.conf"
    zone.write_text('zone = "Europe/Berlin"\n')
    keys = daemon.var / "keys"

    assert "start it with --rehearse" in refused(*var, *port)[1]
    assert "goes on from its last instant" in refused(
        *var, *port, "--rehearse", "2024-06-20T09:00:00+09:00")[1]
    assert "its time zone is Asia/Tokyo" in refused(
        *var, *port, "-f", zone, "--rehearse", JUNE)[1]

    shutil.copy(keys, tmp_path / "kept")
    other = start(room=WEEKDAY)
    shutil.copy(other.var / "keys", keys)
    assert "sealed with other keys" in refused(
        *var, *port, "--rehearse", JUNE)[1]
    keys.unlink()
    assert "missing, but there is a database" in refused(
        *var, *port, "--rehearse", JUNE)[1]
    shutil.copy(tmp_path / "kept", keys)
    os.chmod(keys, 0o600)
    daemon.begin(JUNE)
    assert len(daemon.api.slots(from_="2024-07-01", to="2024-09-30")) == 60


def test_a_room_that_is_there_is_kept(start):
    daemon = start(room=WEEKDAY)
    daemon.stop()
    daemon.room = TRIAL
    daemon.begin("2026-06-29T09:05:00+09:00")
    assert f"begin.room kept=1 unread={TRIAL}" in daemon.log.read_text()
    assert len(daemon.api.get("/themes").json["themes"]) == 5
