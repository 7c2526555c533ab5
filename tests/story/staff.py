"""The office as a signed-in manager sees it."""
import re

from reader import Reader

OWN = "three quiet chairs"


def one_time(daemon):
    """The password that the first start printed."""
    return re.search(r"password\s+(\S+)", daemon.out.read_text()).group(1)


def enter(reader, name, password):
    page = reader.get("/sign-in")
    return reader.press(page, "ログインする", name=name, password=password)


def choose(reader, page, new, again=None, **fields):
    return reader.press(page, "このパスワードにする", new=new,
                        again=new if again is None else again, **fields)


def office(daemon, reader=None):
    """A browser whose manager has chosen her own password."""
    reader = reader or Reader(daemon.url)
    page = enter(reader, "staff", one_time(daemon))
    if page.path == "/password":
        page = choose(reader, page, OWN)
    else:
        page = enter(reader, "staff", OWN)
    assert page.path == "/staff", page.text
    return reader
