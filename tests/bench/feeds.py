"""Feeds of calendars: unchanged ones by 304 and by 200."""
import gzip
import sys
import types

import growth
from house import HOUSE, Hokend, Nginx, get, measure, write_requests
from pages import GZIP, check, evhttp_like, fetch

sys.path.insert(0, str(HOUSE / "tests/story"))
import staff  # noqa: E402	signs in as an office does


def feed_address(bench, side):
    """Of the first advisor.  The first start of the room, growth.empty(),
    printed the password."""
    daemon = types.SimpleNamespace(url=f"http://127.0.0.1:{side.port}",
                                   out=bench.work / "empty.log")
    page = staff.office(daemon).get("/staff/feeds").text
    return page[page.index("/feeds/"):].split(".ics")[0] + ".ics"


def feeds(bench):
    work = bench.work
    with Hokend(growth.grown(bench, growth.FEW), bench.years) as side:
        path = feed_address(bench, side)
        status, headers, body = fetch(side, path, GZIP)
        events = gzip.decompress(body).count(b"BEGIN:VEVENT")
        if status != 200 or events < 500:
            raise SystemExit(f"feed: {status}, {events} events")
        same = write_requests(work / "same", [
            get(path, GZIP, f"If-None-Match: {headers['ETag']}")])
        whole = write_requests(work / "whole", [get(path, GZIP)])
        (work / "feed.ics").write_bytes(body)
        served = write_requests(work / "served", [get("/feed.ics", GZIP)])
        seen = measure(side, same, seconds=0.2)
        rounds = [[], [], [], []]
        with evhttp_like(work, seen["bytes"] / seen["answered"]) as bare, \
                Nginx(work, work / "feed.ics") as nginx:
            for _ in range(bench.rounds):
                seen = measure(side, same, seconds=1.5)
                check(seen, "feed", "304")
                rounds[0].append(seen)
                rounds[1].append(measure(bare, same, seconds=1.5))
                seen = measure(side, whole, seconds=1.5)
                check(seen, "feed")
                if seen["changed"]:
                    raise SystemExit(f"feed changes: {seen}")
                rounds[2].append(seen)
                seen = measure(nginx, served, seconds=1.5)
                check(seen, "nginx")
                rounds[3].append(seen)
    cpu = [[s["cpu_us"] for s in seen] for seen in rounds]
    rate = [[s["per_second"] for s in seen] for seen in rounds]
    bench.row(6, f"feed of {events} events, 304, CPU", cpu[0], cpu[1], "us",
              most=1.1)
    bench.row(6, "  200 unchanged, against nginx", rate[2], rate[3], "/s",
              least=0.9)
    bench.note("  CPU a request", cpu[2], cpu[3], "us")
