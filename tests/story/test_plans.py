"""A million rows must not slow a page: no statement reads the whole of a
table that grows, but for those with a reason."""
import re
import sqlite3

from conftest import HOUSE

GROWING = {"answer", "audit", "booking", "claim", "demand", "idempotency",
           "offer", "outbox", "outlet_booking", "outlet_visit", "session",
           "throttle", "waitlist"}
REASONS = {"throttle_purge": "once a night",
           "idempotency_purge": "once a night",
           "booking_lapsed_claims": "those of the past go every night"}
STATEMENT = re.compile(r"^-- name: (\w+)\((.*?)\)\n(.*?);$", re.M | re.S)
TABLE = re.compile(r"\b(?:FROM|JOIN|UPDATE)\s+(\w+)(?:\s+(?:AS\s+)?(\w+))?")


def whole(database, arguments, text):
    """The growing tables that the statement reads from end to end."""
    names = {}
    for table, alias in TABLE.findall(text):
        names[table] = names[alias or table] = table
    plan = database.execute("EXPLAIN QUERY PLAN " + text, {
        word.split()[0]: None for word in arguments.split(",") if word})
    scans = [re.fullmatch(r"(?:SCAN|SEARCH) (\w+)", row[3]) for row in plan]
    return {names.get(scan[1]) for scan in scans if scan} & GROWING


def test_growing_tables_are_read_by_an_index():
    database = sqlite3.connect(":memory:")
    for schema in sorted((HOUSE / "sql/schema").glob("*.sql")):
        database.executescript(schema.read_text())
    read = {}
    for path in (HOUSE / "sql").glob("*.sql"):
        for name, arguments, text in STATEMENT.findall(path.read_text()):
            read[name] = whole(database, arguments, text)
    assert len(read) > 100
    assert {name: tables for name, tables in read.items()
            if tables and name not in REASONS} == {}
    assert all(read[name] for name in REASONS), "no reason is left over"
