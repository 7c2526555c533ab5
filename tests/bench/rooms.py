"""Rooms for the bench, as room files.

The weekday room of etc/rooms is what pages are measured with.  `crowd` has
frames for a hundred thousand bookings, `years` is one that grow.py can fill.
"""

ROOM = """
room {{
	name_ja = "部屋"
	name_en = "Room"
	window_days = {window}
	notice_minutes = 0
	on_holidays = yes
}}
"""
THEME = """
theme "{code}" {{
	title_ja = "話"
	title_en = "Talk"
	short_ja = "話"
	short_en = "Talk"
}}
"""
PLACE = """
place "{code}" {{
	channel = in_person
	booths = {booths}
	name_ja = "場所"
	name_en = "Place"
}}
"""
ADVISOR = """
advisor "{code}" {{
	face = career
	themes = {{"{theme}"}}
	profession_ja = "相談員"
	profession_en = "Advisor"
}}
opening "{code}" {{
	advisor = "{code}"
	theme = "{theme}"
	place = "{place}"
	first = "{first}"
	time = "{time}"
	repeat = "FREQ=DAILY"
	slot_minutes = {minutes}
}}
"""


def crowd():
    """Five advisors with a few frames a day, whose pages are read while
    forty others with quarter hours and places of their own are booked."""
    text = ROOM.format(window=100)
    text += "".join(THEME.format(code=f"t{n}") for n in range(10))
    text += PLACE.format(code="quiet", booths=5)
    for n in range(5):
        text += ADVISOR.format(code=f"q{n}", theme=f"t{n}", place="quiet",
                               first="2026-06-01", time="10:00-18:00",
                               minutes=60)
    for n in range(40):
        text += PLACE.format(code=f"p{n}", booths=1)
        text += ADVISOR.format(code=f"a{n}", theme=f"t{5 + n % 5}",
                               place=f"p{n}", first="2026-06-01",
                               time="09:00-21:00", minutes=15)
    return text


def years(first):
    """Twelve advisors of eight hours a day, each day."""
    text = ROOM.format(window=14)
    text += "".join(THEME.format(code=f"t{n}") for n in range(6))
    text += PLACE.format(code="hall", booths=12)
    for n in range(12):
        text += ADVISOR.format(code=f"a{n}", theme=f"t{n % 6}", place="hall",
                               first=first, time="10:00-18:00", minutes=60)
    return text
