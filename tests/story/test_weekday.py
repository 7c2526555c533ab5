"""The weekday room over the turn of the year, frame by frame."""
import datetime

FIRST, LAST = datetime.date(2026, 12, 21), datetime.date(2027, 1, 15)
# New Year's Day lies in the closed days; Coming of Age Day does not.
CLOSED = {datetime.date(2026, 12, d) for d in (29, 30, 31)} | {
    datetime.date(2027, 1, d) for d in (1, 2, 3, 11)}
THEMES = ("career", "communication", "health", "money", "startup")


def frames_of(day):
    """What etc/rooms/weekday.conf says, told once more."""
    if day in CLOSED:
        return
    if day.weekday() < 5:
        theme = THEMES[day.weekday()]
        for hour in (13, 14, 15):
            yield day, hour, theme, "hall", "in_person"
        if day.weekday() in (1, 3):
            for hour in (18, 19):
                yield day, hour, theme, "online", "online"
    if day.weekday() == 5 and 8 <= day.day <= 14:
        for hour in (10, 11):
            yield day, hour, "career", "hall", "in_person"


def test_turn_of_the_year(start):
    daemon = start(rehearse="2026-12-20T09:00:00+09:00")
    slots = daemon.api.slots(from_=FIRST, to=LAST)
    seen = [(datetime.date.fromisoformat(s["starts_at"][:10]),
             int(s["starts_at"][11:13]), s["theme"], s["place"],
             s["channel"]) for s in slots]
    days = [FIRST + datetime.timedelta(n) for n in range(26)]
    assert days[-1] == LAST
    assert not {day for day, *_ in seen} & CLOSED
    assert sorted(seen) == sorted(f for day in days for f in frames_of(day))
    for slot in slots:
        assert slot["starts_at"][13:] == ":00:00+09:00"
        assert slot["advisor"] == slot["theme"]
