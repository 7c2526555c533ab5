"""What would help her to come: told if she likes, sealed, opened on record."""
import json

import pytest
from reader import Reader
from staff import office


def test_from_her_form_to_the_day(daemon):
    woman = Reader(daemon.url)
    page = woman.get("/slots")
    page = woman.press(page, page.slots()[0])
    assert page.path == "/contact"
    page.button("確認へ").form.fields += [
        ("access", "sign"), ("access", "child"), ("access", "dragon")]
    # A mistake elsewhere loses nothing.
    page = woman.press(page, "確認へ", mail="yuki")
    assert page.status == 422
    assert [value for form in page.forms for name, value in form.fields
            if name == "access"] == ["sign", "child"]
    page = woman.press(page, "確認へ", mail="")
    assert page.path == "/check"
    assert "手話" in page.text and "子どもと行きます" in page.text
    assert "車いす" not in page.text
    page = woman.press(page, "この時間で予約する")
    assert page.path == "/done"
    database = b"".join(f.read_bytes() for f in daemon.var.glob("hokend.db*"))
    assert len(database) > 10000 and b"sign,child" not in database

    code = daemon.operator.get("/bookings").json["bookings"][0]["code"]
    assert "access" not in daemon.operator.get("/bookings").json["bookings"][0]
    assert daemon.operator.get(f"/bookings/{code}").json["access"] == [
        "sign", "child"]
    staff = office(daemon)
    page = staff.get("/staff")
    assert "手話" not in page.text
    page = staff.press(page, "記録が残ります")
    assert "ご用意" in page.text and "手話" in page.text


def test_api_and_hokenctl(daemon):
    one, other = daemon.api.slots()[:2]
    made = daemon.api.book(one, access=["wheelchair"])
    shown = daemon.operator.get(f"/bookings/{made['code']}").json
    assert shown["access"] == ["wheelchair"]
    done = daemon.ctl("--json", "book", other["id"], "--access",
                      "child,interpreter")
    assert done.returncode == 0, done.stderr
    shown = daemon.ctl("show", json.loads(done.stdout)["code"]).stdout
    assert "interpreter" in shown and "child" in shown


@pytest.mark.parametrize("access", [
    "sign", ["ramp"], [1], ["sign,child"], {"sign": True}, ["sign"] * 17,
    ["sign\u0000"]])
def test_refused(daemon, access):
    answer = daemon.api.post("/bookings", {
        "slot": daemon.api.slots()[0]["id"], "access": access})
    assert answer.status == 422, answer
    assert [e["field"] for e in answer.json["errors"]] == ["access"]


def test_by_phone(daemon):
    staff = office(daemon)
    page = staff.get("/staff/book")
    page = staff.press(page, page.slots()[0])
    page.button("この時間で予約する").form.fields.append(
        ("access", "wheelchair"))
    page = staff.press(page, "この時間で予約する")
    assert "予約できました" in page.text
    code = daemon.operator.get("/bookings").json["bookings"][0]["code"]
    assert daemon.operator.get(f"/bookings/{code}").json["access"] == [
        "wheelchair"]
