"""Years of bookings in a stopped database of the room rooms.years().

Each day but those to come has all its frames offered and booked: attended,
not attended or cancelled, and forgotten when its time has come.  Of the days
to come every second frame is booked.
"""
import sqlite3

DAY_S = 86400
ZONE_S = 9 * 3600	# Asia/Tokyo has no summer time
FRAMES = 8
OPENS = 10		# o'clock
ADVISORS = 12
COMING_DAYS = 15

ID = "(random() & 9223372036854775807)"

SESSIONS = f"""
WITH RECURSIVE d(day) AS (SELECT :first UNION ALL
    SELECT day + 1 FROM d WHERE day < :today - 1)
INSERT INTO session (id, opening, original_day, advisor, theme, place,
    starts_at, ends_at, slot_minutes, gap_minutes, recorded)
SELECT {ID}, o.id, d.day, o.advisor, o.theme, o.place,
    d.day * {DAY_S} - {ZONE_S} + {OPENS} * 3600,
    d.day * {DAY_S} - {ZONE_S} + {OPENS + FRAMES} * 3600, 60, 0, 1
FROM d CROSS JOIN opening o ORDER BY 1"""

FRAMES_OF = f"""
FROM session s CROSS JOIN (
    WITH RECURSIVE n(n) AS (SELECT 0 UNION ALL
        SELECT n + 1 FROM n WHERE n < {FRAMES - 1}) SELECT n FROM n) AS f"""

OFFERED = f"""
INSERT INTO offered (session, starts_at, ends_at, advisor, theme, place,
    channel, day, weekday, minute)
SELECT s.id, s.starts_at + f.n * 3600, s.starts_at + (f.n + 1) * 3600,
    s.advisor, s.theme, s.place, 'in_person', s.original_day,
    (s.original_day + 3) % 7 + 1, ({OPENS} + f.n) * 60
{FRAMES_OF} WHERE s.original_day < :today ORDER BY s.id, f.n"""

BOOKED = f"""
INSERT INTO booking (id, code, session, advisor, theme, place, booth, channel,
    entry, state, starts_at, ends_at, day, held_until, lang, uid, created_at,
    updated_at, confirmed_at, cancelled_at, cancelled_by, outcome_at,
    forgotten_at)
SELECT {ID} AS id,
    printf('%08d', (row_number() OVER () * 7919 + 1234567) % 100000000),
    s.id, s.advisor, s.theme, s.place, b.id, 'in_person', 'web',
    CASE WHEN s.original_day >= :today THEN 'confirmed'
        WHEN f.n = 1 THEN 'no_show' WHEN f.n = 2 THEN 'cancelled'
        ELSE 'attended' END,
    s.starts_at + f.n * 3600, s.starts_at + (f.n + 1) * 3600, s.original_day,
    0, 'ja', 'bk-' || lower(hex(randomblob(8))) || '@yoyaku',
    s.starts_at - 864000, s.starts_at - 864000, s.starts_at - 864000,
    CASE WHEN s.original_day < :today AND f.n = 2
        THEN s.starts_at - {DAY_S} END,
    CASE WHEN s.original_day < :today AND f.n = 2 THEN 'guest' END,
    CASE WHEN s.original_day < :today AND f.n <> 2 THEN s.ends_at END,
    CASE WHEN s.original_day < :today - (SELECT forget_days FROM room) - 1
        THEN s.ends_at END
{FRAMES_OF}
JOIN advisor a ON a.id = s.advisor JOIN booth b ON b.rank = a.rank
WHERE s.original_day < :today OR f.n % 2 = 0 ORDER BY 1"""

CLAIMS = """
INSERT INTO claim (resource, unit, holder, expires_at)
SELECT r.resource, r.unit + q.n, r.holder, 0
FROM (SELECT advisor AS resource, starts_at / 900 AS unit, id AS holder
        FROM booking WHERE day >= :today - 1
    UNION ALL SELECT booth, starts_at / 900, id
        FROM booking WHERE day >= :today - 1) r
CROSS JOIN (SELECT 0 AS n UNION SELECT 1 UNION SELECT 2 UNION SELECT 3) q
ORDER BY 1, 2"""


def grow(path, today, bookings):
    """Fills it until there are that many or a few more; how many."""
    db = sqlite3.connect(path)
    db.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
                     "PRAGMA cache_size = -400000;")
    past = bookings - ADVISORS * FRAMES * COMING_DAYS // 2
    first = today + past // -(ADVISORS * FRAMES)
    # Indexes are made at the end, which is faster than keeping them.
    tables = ("session", "offered", "booking", "claim")
    indexes = [row for row in db.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' "
        "AND sql IS NOT NULL") if row[1].split(" ON ")[1].split()[0] in tables]
    with db:
        for name, _ in indexes:
            db.execute(f"DROP INDEX {name}")
        for sql in (SESSIONS, OFFERED, BOOKED, CLAIMS):
            db.execute(sql, {"first": first, "today": today})
        for _, sql in indexes:
            db.execute(sql)
    count, = db.execute("SELECT COUNT(*) FROM booking").fetchone()
    db.execute("PRAGMA journal_mode = WAL")
    db.close()
    return count
