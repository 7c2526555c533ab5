"""Bookings over HTTP against the same statements in a bare loop, reads while
people book, and the minute in which booking opens."""
import gzip
import json
import random
import sqlite3
import subprocess
import time

from house import (MONDAY, PROGRAMS, Evhttp, Hokend, Load, copy_var, get,
                   measure, post, read_answers, slow, write_requests)
from pages import GZIP, THEMES, evhttp_like, fetch

QUARTER_S = 900
HOUR_S = 3600
DAY_S = 86400
ZONE_S = 9 * HOUR_S
PAIRS = 1500
PAGE_BYTES = 4000	# a compressed page of free times


def template(bench):
    """A database of the crowd's room, made once, and its free frames."""
    var = bench.work / "crowd"
    if not var.exists():
        with Hokend(var, bench.crowd):
            pass
    db = sqlite3.connect(f"file:{var}/hokend.db?mode=ro", uri=True)
    sessions = db.execute(
        "SELECT s.id, s.starts_at, s.ends_at FROM session s "
        "WHERE s.slot_minutes = 15 AND s.starts_at < "
        "(SELECT min(starts_at) FROM session) + 90 * 86400 "
        "ORDER BY s.starts_at, s.id").fetchall()
    db.close()
    ids = [f"{session}-{at}" for session, start, end in sessions
           for at in range(start, end, QUARTER_S)]
    random.Random(1).shuffle(ids)
    return var, ids


def quiet_frames(var):
    """(id, a page that shows it) of the five advisors whose pages are read,
    in any order."""
    db = sqlite3.connect(f"file:{var}/hokend.db?mode=ro", uri=True)
    rows = db.execute(
        "SELECT s.id, t.code, s.starts_at, s.ends_at FROM session s "
        "JOIN theme t ON t.id = s.theme WHERE s.slot_minutes = 60 "
        "AND s.starts_at > (SELECT min(starts_at) + 86400 FROM session) "
        "ORDER BY s.starts_at, s.id LIMIT 400").fetchall()
    db.close()
    frames = []
    for session, theme, start, end in rows:
        day = time.strftime("%Y-%m-%d", time.gmtime(start + ZONE_S))
        for at in range(start, end, HOUR_S):
            hour = (at + ZONE_S) % DAY_S // HOUR_S
            part = ("morning" if hour < 12 else
                    "daytime" if hour < 17 else "evening")
            frames.append((f"{session}-{at}",
                           f"/slots?theme={theme}&from={day}&t={part}"))
    random.Random(1).shuffle(frames)
    return frames[:PAIRS]


def behind_each(bench):
    """A page behind every booking, of the day that was booked: what it
    costs beside the booking."""
    var, _ = template(bench)
    work = bench.work
    frames = quiet_frames(var)
    booking = [post("/api/v1/bookings", {"slot": i}) for i, _ in frames]
    pairs = write_requests(work / "pairs", [
        request for one, (_, page) in zip(booking, frames, strict=True)
        for request in (one, get(page, GZIP))])
    booking = write_requests(work / "alone", booking)
    ours, theirs = [], []
    for _ in range(bench.rounds):
        with Hokend(copy_var(var, work / "behind"), bench.crowd) as side:
            alone = measure(side, booking, 1, seconds=60, once=True)
        with Hokend(copy_var(var, work / "behind"), bench.crowd) as side:
            both = measure(side, pairs, 1, seconds=60, once=True,
                           answers=work / "answers")
        pages = read_answers(work / "answers")[1::2]
        if both["statuses"] != {"201": PAIRS, "200": PAIRS} or any(
                i.encode() in gzip.decompress(body)
                for (i, _), (_, body) in zip(frames, pages, strict=True)):
            raise SystemExit(f"page behind a booking: {both['statuses']}")
        ours.append(2 * both["cpu_us"] - alone["cpu_us"])
        size = sum(len(head) + len(body) for head, body in pages) / PAIRS
        with evhttp_like(work, size) as bare:
            theirs.append(measure(bare, booking, 1, seconds=1)["cpu_us"])
    bench.note("  CPU of a page behind each booking", ours, theirs, "us")


def over_http(bench, var, ids, clients, slow_ms=0):
    """Bookings a second; each must be made and be in the database."""
    work = bench.work
    requests = write_requests(work / "book", [
        post("/api/v1/bookings", {"slot": i}) for i in ids])
    copy = copy_var(var, work / "booked")
    with Hokend(copy, bench.crowd, slow_ms=slow_ms) as side:
        seen = measure(side, requests, clients, seconds=60, once=True)
    verify(copy, seen["statuses"].get("201", 0), len(ids))
    return seen


def verify(var, made, wanted):
    db = sqlite3.connect(f"file:{var}/hokend.db?mode=ro", uri=True)
    kept, = db.execute(
        "SELECT COUNT(*) FROM booking WHERE state = 'confirmed'").fetchone()
    db.close()
    if not made == kept == wanted:
        raise SystemExit(f"bookings: {wanted} asked, {made} made, {kept} kept")


def in_a_loop(bench, var, ids, group, slow_ms=0):
    """The same without HTTP and threads, `group` a commit."""
    path = bench.work / "slots"
    path.write_text("".join(i + "\n" for i in ids))
    copy = copy_var(var, bench.work / "bare")
    out = subprocess.run(
        [PROGRAMS / "bare", copy, str(group), MONDAY, path], check=True,
        capture_output=True, env=slow(slow_ms)).stdout
    seen = json.loads(out)
    verify(copy, seen["booked"], len(ids))
    return seen


def rates(results):
    return [seen["per_second"] for seen in results]


def grouped(bench):
    var, ids = template(bench)
    for clients in (16, 64):
        ours, theirs = [], []
        for _ in range(bench.rounds):
            ours.append(over_http(bench, var, ids[:8000], clients))
            theirs.append(in_a_loop(bench, var, ids[:8000], clients))
        bench.row(3, f"bookings, {clients} clients", rates(ours),
                  rates(theirs), "/s", least=0.7)
        print(f"{'':9}CPU a booking, loop and writer: "
              f"{sorted(s['cpu_us'] for s in ours)[len(ours) // 2]:.0f} us")


def slow_disk(bench):
    var, ids = template(bench)
    for slow_ms in (1, 5):
        alone, at = [], {16: [], 64: []}
        for _ in range(bench.rounds):
            alone.append(in_a_loop(bench, var, ids[:300], 1, slow_ms))
            for clients, list_of in at.items():
                list_of.append(over_http(bench, var, ids[:120 * clients],
                                         clients, slow_ms))
        for clients, least in ((16, 6), (64, 18)):
            what = f"bookings, {clients} clients, fsync + {slow_ms} ms"
            if slow_ms == 5:
                bench.row(4, what, rates(at[clients]), rates(alone), "/s",
                          least=least)
            else:
                bench.note(what, rates(at[clients]), rates(alone), "/s")


def reads(bench):
    var, ids = template(bench)
    work = bench.work
    filters = [f"/slots?theme=t{n}&from=2026-07-{day:02}" for n in range(5)
               for day in range(1, 11)]
    requests = write_requests(work / "reads",
                              [get(path, GZIP) for path in filters])
    booking = write_requests(work / "book", [
        post("/api/v1/bookings", {"slot": i}) for i in ids])
    (work / "still").write_bytes(b"x" * PAGE_BYTES)
    for slow_ms in (0, 1, 5):
        p99 = {"ours": [], "still": []}
        for whose in list(p99) * bench.rounds:
            with Hokend(copy_var(var, work / "read"), bench.crowd,
                        slow_ms=slow_ms) as side, \
                    Evhttp(work / "still") as still:
                asked = side if whose == "ours" else still
                crowd = Load(side.port, booking, 64, 4)
                time.sleep(0.5)
                seen = Load(asked.port, requests, 8, 3, rate=100).result()
                made = crowd.result()
            if seen["dropped"] or set(seen["statuses"]) != {"200"}:
                raise SystemExit(f"reads: {seen}")
            if made["statuses"].get("201", 0) < made["answered"] * 0.9:
                raise SystemExit(f"reads: {made}")
            p99[whose].append(seen["p99_ms"])
        bench.row(5, f"p99 of reads while 64 book, fsync + {slow_ms} ms",
                  p99["ours"], None, "ms", most=3)
        bench.note("  of a bare server beside the same crowd", p99["ours"],
                   p99["still"], "ms")


def opening_minute(bench):
    """A thousand people at once, twelve frames."""
    work = bench.work
    slots_p99, plain_p99 = [], []
    plain = write_requests(work / "plain", [
        get(f"/slots?theme={THEMES[n % 5]}", GZIP) for n in range(1000)])
    for n in range(bench.rounds):
        with Hokend(work / f"opening{n}", bench.weekday) as side:
            free = json.loads(fetch(
                side, "/api/v1/slots?theme=career&to=2026-08-20")[2])["slots"]
            wanted = [free[i % 12]["id"] for i in range(1000)]
            people = write_requests(work / "people", [
                post("/api/v1/bookings", {"slot": i}) for i in wanted])
            measure(side, plain, 8, seconds=0.2)
            before = measure(side, plain, 1000, seconds=60, once=True)
            rush = measure(side, people, 1000, seconds=60, once=True,
                           answers=work / "rush")
        if rush["statuses"] != {"201": 12, "409": 988} or rush["dropped"]:
            raise SystemExit(f"opening minute: {rush}")
        if (work / "rush").read_bytes().count(b'"alternatives"') != 988:
            raise SystemExit("opening minute: somebody was told nothing")
        slots_p99.append(rush["p99_ms"])
        plain_p99.append(before["p99_ms"])
    bench.row(13, "p99, 1,000 people for 12 frames", slots_p99, plain_p99,
              "ms", most=10)
