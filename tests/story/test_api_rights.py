"""The JSON API for people who are signed in: role x address x booking."""
import pytest
from reader import Reader

OWN = "three quiet chairs"
BODIES = {
    "/bookings": None, "/bookings/CODE": None, "/usage": None, "/room": None,
}
# What each role may: addresses, then whose bookings, then notes.
ROLES = {
    "staff": ({"/bookings", "/bookings/CODE", "/usage"}, "all", "none"),
    "manager": (set(BODIES), "all", "none"),
    "advisor": ({"/bookings", "/bookings/CODE"}, "own", "own"),
}


class Signed:
    """The API as a signed-in account calls it."""

    def __init__(self, daemon, role):
        body = {"name": "hana-" + role, "role": role}
        if role == "advisor":
            body["advisor"] = "health"
        made = daemon.operator.post("/accounts", body).json
        reader = Reader(daemon.url)
        page = reader.press(reader.get("/sign-in"), "ログインする",
                            name=made["name"],
                            password=made["one_time_password"])
        self.one_time_cookie = cookies(reader)
        page = reader.press(page, "このパスワードにする", new=OWN, again=OWN)
        assert page.path == "/staff", page.text
        self.api = daemon.api
        self.cookie = cookies(reader)
        self.guard = reader.get("/password").value("guard")

    def get(self, path):
        return self.api.get(path, Cookie=self.cookie)

    def post(self, path, body, guard=None):
        return self.api.post(path, body, Cookie=self.cookie, X_Guard=guard)


def cookies(reader):
    return "; ".join(f"{c.name}={c.value}" for c in reader.jar)


@pytest.fixture
def booked(daemon):
    """A health and a money booking of one week, with notes."""
    daemon.codes = {}
    for theme in ("health", "money"):
        slot = daemon.api.slots(theme=theme)[0]
        made = daemon.api.book(slot, name="カナリア", note="さえずり")
        daemon.codes[theme] = (made["code"], made["starts_at"][:10])
    return daemon


@pytest.mark.parametrize("role", ROLES)
def test_roles(booked, role):
    addresses, whose, notes = ROLES[role]
    signed = Signed(booked, role)
    for path in BODIES:
        code = booked.codes["health"][0]
        answer = signed.get(path.replace("CODE", code))
        assert answer.status == (200 if path in addresses else 403), path
    for theme, (code, day) in booked.codes.items():
        hers = whose == "all" or theme == "health"
        listed = signed.get(f"/bookings?date={day}").json["bookings"]
        assert [b["code"] for b in listed] == ([code] if hers else [])
        shown = signed.get(f"/bookings/{code}?note=1")
        assert shown.status == (200 if hers else 404)
        if hers:
            assert shown.json["name"] == "カナリア"
            assert ("note" in shown.json) == (notes == "own")


@pytest.mark.parametrize("role", ROLES)
def test_changes_need_the_guard(booked, role):
    signed = Signed(booked, role)
    early = signed.post(f"/bookings/{booked.codes['health'][0]}/outcome",
                        {"outcome": "attended"}, signed.guard)
    assert (early.status, early.json["code"]) == (409, "not_begun")
    other = signed.post(f"/bookings/{booked.codes['money'][0]}/outcome",
                        {"outcome": "attended"}, signed.guard)
    assert other.status == (404 if role == "advisor" else 409)
    for guard in (None, "", "abc"):
        forged = signed.post(f"/bookings/{booked.codes['health'][0]}/outcome",
                             {"outcome": "attended"}, guard)
        assert (forged.status, forged.json["code"]) == (403, "forbidden")
    account = {"name": "eve", "role": "manager"}
    made = signed.post("/accounts", account, signed.guard)
    assert made.status == (201 if role == "manager" else 403)


def test_a_one_time_password_opens_nothing(booked):
    signed = Signed(booked, "manager")
    answer = booked.api.get("/bookings", Cookie=signed.one_time_cookie)
    assert answer.status in (401, 403)
