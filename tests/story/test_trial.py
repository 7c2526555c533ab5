"""The trial of summer 2024, replayed: what was offered, booked and used."""
from conftest import TRIAL

FROM, TO = "2024-07-01", "2024-09-30"


def test_trial(start):
    daemon = start(room=TRIAL, rehearse="2024-06-24T09:00:00+09:00")
    offered = daemon.api.slots(from_=FROM, to=TO)
    days = {s["starts_at"][:10] for s in offered}
    assert len(offered) == 60
    assert len(days) == 12
    assert "2024-08-14" not in days
    in_person = [s for s in offered if s["channel"] == "in_person"]
    online = [s for s in offered if s["channel"] == "online"]
    assert (len(in_person), len(online)) == (36, 24)

    # Spread over the summer: 23 of 36 and 9 of 24, no slot twice.
    chosen = [in_person[i * 36 // 23] for i in range(23)]
    chosen += [online[i * 24 // 9] for i in range(9)]
    codes = [daemon.api.book(slot)["code"] for slot in chosen]
    assert len(set(codes)) == 32
    assert len(daemon.api.slots(from_=FROM, to=TO)) == 28

    daemon.restart(rehearse="2024-10-01T09:00:00+09:00")
    for code in codes:
        marked = daemon.operator.post(f"/bookings/{code}/outcome",
                                      {"outcome": "attended"})
        assert marked.status == 200, marked
        assert marked.json["state"] == "attended"

    usage = daemon.operator.get("/usage", {"from": FROM, "to": TO}).json
    assert (usage["from"], usage["to"], usage["days"]) == (FROM, TO, 12)
    expect(usage["total"], 60, 32, "53.3")
    expect(usage["channel"]["in_person"], 36, 23, "63.9")
    expect(usage["channel"]["online"], 24, 9, "37.5")
    assert set(usage["theme"]) == {"anything"}
    expect(usage["theme"]["anything"], 60, 32, "53.3")
    assert set(usage["weekday"]) == {"wed"}
    expect(usage["weekday"]["wed"], 60, 32, "53.3")


def expect(row, offered, booked, percent):
    assert row["offered"] == offered
    assert row["booked"] == row["used"] == row["attended"] == booked
    assert row["no_show"] == row["cancelled"] == 0
    assert row["booked_rate"] == row["use_rate"]
    assert f"{100 * row['booked_rate']:.1f}" == percent
    assert row["no_show_rate"] == row["cancellation_rate"] == 0
