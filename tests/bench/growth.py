"""The same room after ten thousand bookings and after a million."""
import datetime
import itertools
import random
import re
import socket
import sqlite3
import time

import feeds
import grow
from house import (HOUSE, Hokend, copy_var, get, measure, post,
                   write_requests)
from pages import GZIP, check, fetch

FEW, MANY = 10_000, 1_000_000
TODAY = (datetime.date(2026, 6, 29) - datetime.date(1970, 1, 1)).days
YEAR = TODAY - 365, TODAY - 1
IDLE = 1000
GROWING_ROUNDS = 7	# short ones, by turns: a neighbour's work hits both
BOOKINGS, PAIRS = 52, 36	# a round; there are 624 frames


def empty(bench):
    """The room before its first booking."""
    var = bench.work / "empty"
    if not var.exists():
        with Hokend(var, bench.years):
            pass
    return var


def grown(bench, bookings):
    var = bench.work / f"grown{bookings}"
    if not var.exists():
        copy_var(empty(bench), var)
        made = grow.grow(var / "hokend.db", TODAY, bookings)
        if not bookings <= made <= bookings * 1.05:
            raise SystemExit(f"growth: {made} bookings")
    return var


def growth(bench):
    vars_ = {FEW: grown(bench, FEW), MANY: grown(bench, MANY)}
    growing(bench, vars_)
    usage(bench, vars_[MANY])
    memory(bench, vars_[MANY])
    start(bench, vars_[MANY])


def growing(bench, vars_):
    """CPU time a request; every page and feed is made anew."""
    names = ("slots page", "booking", "today's board", "booking and feed")
    figures = {(size, name): [] for size in vars_ for name in names}
    number = itertools.count()
    free = {size: free_frames(var) for size, var in vars_.items()}
    sides = {size: Hokend(var, bench.years) for size, var in vars_.items()}
    try:
        feed = {size: feeds.feed_address(bench, side)
                for size, side in sides.items()}
        for n in range(GROWING_ROUNDS):
            turns = list(sides.items())
            for size, side in turns[::-1] if n % 2 else turns:
                seen = one_round(bench, side, free[size], feed[size], number)
                for name, cpu_us in zip(names, seen, strict=True):
                    figures[size, name].append(cpu_us)
    finally:
        for side in sides.values():
            side.stop()
    for name in names:
        bench.row(9, f"{name}, CPU, 1,000,000 : 10,000", figures[MANY, name],
                  figures[FEW, name], "us", most=1.2)


def one_round(bench, side, free, feed, number):
    work = bench.work
    slots = write_requests(work / "slots", [
        get(f"/slots?theme=t{n % 6}&x={next(number)}", GZIP)
        for n in range(300)])
    booking = write_requests(work / "book", [
        post("/api/v1/bookings", {"slot": free.pop()}) for _ in range(BOOKINGS)])
    board = write_requests(work / "board", [
        get(f"/api/v1/bookings?date={day}")
        for day in ("2026-06-29", "2026-06-30", "2026-06-26")])
    pairs = []
    for _ in range(PAIRS):
        pairs += [post("/api/v1/bookings", {"slot": free.pop()}),
                  get(feed, GZIP)]
    pairs = write_requests(work / "pairs", pairs)
    seen = [measure(side, slots, 8, once=True),
            measure(side, booking, 4, once=True),
            measure(side, board, 1, seconds=0.5, port=side.sock),
            measure(side, pairs, 1, once=True)]
    check(seen[0], "slots page")
    check(seen[1], "booking", "201")
    check(seen[2], "board")
    if seen[3]["statuses"] != {"201": PAIRS, "200": PAIRS}:
        raise SystemExit(f"feed: {seen[3]}")
    return [one["cpu_us"] for one in seen]


def free_frames(var):
    db = sqlite3.connect(f"file:{var}/hokend.db?mode=ro", uri=True)
    rows = db.execute(
        "SELECT s.id, s.starts_at FROM session s "
        "WHERE s.original_day > ? AND s.original_day < ? "
        "ORDER BY s.starts_at, s.id", (TODAY, TODAY + 14)).fetchall()
    db.close()
    ids = [f"{session}-{at + hour * 3600}" for session, at in rows
           for hour in range(1, grow.FRAMES, 2)]
    random.Random(1).shuffle(ids)
    return ids


def usage(bench, var):
    """A year's utilisation, the first answer of a process."""
    sql = (HOUSE / "sql/usage.sql").read_text()
    queries = [text for name, text in re.findall(
        r"-- name: usage_(\w+)\([^\n]*\n(.*?;)", sql, re.S)]
    path = "/api/v1/usage?from={}&to={}".format(*(
        datetime.date(1970, 1, 1) + datetime.timedelta(day) for day in YEAR))
    asked = write_requests(bench.work / "usage", [get(path)])
    ours, theirs = [], []
    for _ in range(bench.rounds):
        with Hokend(var, bench.years) as side:
            seen = measure(side, asked, 1, port=side.sock, once=True)
            check(seen, "usage")
            ours.append(seen["max_ms"])
        db = sqlite3.connect(f"file:{var}/hokend.db?mode=ro", uri=True)
        began = time.monotonic()
        for query in queries:
            db.execute(query, {"from_day": YEAR[0], "until_day": YEAR[1],
                               "now": (TODAY + 1) * 86400}).fetchall()
        theirs.append((time.monotonic() - began) * 1000)
        db.close()
    bench.row(10, "utilisation of a year, cold : its query", ours, theirs,
              "ms", most=2)


def memory(bench, var):
    with Hokend(var, bench.years) as side:
        fetch(side, "/slots?theme=t1")
        rss = side.rss_kb()
        idle = []
        for n in range(IDLE):
            link = socket.socket()
            link.bind((f"127.1.0.{1 + n // 100}", 0))
            link.connect(("127.0.0.1", side.port))
            idle.append(link)
        fetch(side, "/healthz")
        more = side.rss_kb() - rss
        for link in idle:
            link.close()
    bench.row(11, "RSS after start", [rss / 1024], None, "MB", most=40)
    bench.row(11, "  an idle connection", [more / IDLE], None, "KB", most=6)


def start(bench, var):
    """Until the first page has been answered."""
    took = {var: [], empty(bench): []}
    for _ in range(bench.rounds + 2):
        for each, list_of in took.items():
            with Hokend(each, bench.years) as side:
                if fetch(side, "/slots?theme=t1")[0] != 200:
                    raise SystemExit("start: no page")
                list_of.append((time.monotonic() - side.started) * 1000)
    bench.row(12, "start to first answer, 1,000,000 : 0", took[var],
              took[empty(bench)], "ms", most=3)
