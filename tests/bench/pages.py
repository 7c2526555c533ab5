"""Pages: the list of free times against a bare evhttp server that sends as
many bytes, and what a first visit costs on the wire."""
import gzip
import http.client
import itertools
import re
import time

from house import (Evhttp, Hokend, Load, copy_var, get, measure, post,
                   read_answers, write_requests)

GZIP = "Accept-Encoding: gzip"
CHANGES = 100	# bookings made and taken back a second, meanwhile
GUARD = re.compile(rb'name="guard" value="[^"]*"')
THEMES = ("career", "communication", "health", "money", "startup")


def filters():
    """Fifty that differ and all show something."""
    every = [""]
    every += [f"from=2026-07-{day:02}" for day in range(1, 20)]
    for theme in THEMES:
        every.append(f"theme={theme}")
        every += [f"theme={theme}&from=2026-07-{day:02}"
                  for day in (3, 9, 16)]
    every += ["channel=online", "channel=in_person", "place=hall", "long=1",
              "t=evening", "t=weekend", "t=daytime&long=1",
              "theme=money&channel=online", "channel=online&from=2026-07-08",
              "place=hall&from=2026-07-08"]
    return every


def address(query):
    return "/slots" + ("?" + query if query else "")


def fetch(side, path, *headers):
    """Status, headers and body over a connection of its own."""
    link = http.client.HTTPConnection("127.0.0.1", side.port, timeout=30)
    try:
        link.request("GET", path,
                     headers=dict(h.split(": ", 1) for h in headers))
        answer = link.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        link.close()


def evhttp_like(work, wire_bytes):
    """A baseline whose answers are as long, head and body together."""
    path = work / "body"
    path.write_bytes(b"x" * 1000)
    with Evhttp(path) as one:
        head = measure(one, write_requests(work / "one", [get("/")]),
                       connections=1, once=True)["bytes"] - 1000
    path.write_bytes(b"x" * max(int(wire_bytes) - head, 1))
    return Evhttp(path)


def check(seen, what, status="200"):
    if seen["dropped"] or set(seen["statuses"]) != {status}:
        raise SystemExit(f"{what}: {seen}")


def check_pages(queries, pages, reference):
    """What the cache sent is what was rendered without it."""
    for query, (head, body) in zip(queries, pages, strict=True):
        plain = gzip.decompress(body)
        whole = reference[query]
        if GUARD.sub(b"", plain) != GUARD.sub(b"", whole):
            raise SystemExit(f"/slots?{query}: not the page it should be")
        if b"Content-Encoding: gzip" not in head or b'name="slot"' not in \
                plain:
            raise SystemExit(f"/slots?{query}: no frames")


def rendered(bench, var):
    """Each page from a server that has not been asked for it before."""
    with Hokend(copy_var(var, bench.work / "once"), bench.weekday) as side:
        return {q: fetch(side, address(q), "Accept-Language: ja")[2]
                for q in filters()}


def changing(side, work):
    """A client that keeps booking and so changes what is free."""
    slots = re.findall(rb'name="slot" value="([^"]+)"|value="(\d+-\d+)"',
                       fetch(side, "/slots?from=2026-08-10")[2])
    ids = [(a or b).decode() for a, b in slots]
    requests = [post("/api/v1/bookings", {"slot": i}) for i in ids]
    return Load(side.port, write_requests(work / "change", requests),
                rate=CHANGES, seconds=2.2)


def warm_and_changed(bench):
    work = bench.work
    var = work / "pages"
    with Hokend(var, bench.weekday):
        pass
    reference = rendered(bench, var)
    queries = filters()
    warm = write_requests(work / "warm",
                          [get(address(q), GZIP) for q in queries])
    # An address that was not asked for before is in no cache.
    number = itertools.count()
    fresh = write_requests(work / "fresh", [
        get(address(q) + ("&" if q else "?") + f"x={next(number)}", GZIP)
        for _ in range(1200) for q in queries])
    rounds = {"warm": [], "changed": [], "bare": []}
    with Hokend(var, bench.weekday) as side:
        seen = measure(side, warm, seconds=0.3)
        with evhttp_like(work, seen["bytes"] / seen["answered"]) as bare:
            for _ in range(bench.rounds):
                seen = measure(side, warm, answers=work / "answers")
                check(seen, "warm pages")
                minutes = 2 * len(queries)	# the stamp of a form
                if seen["changed"] > minutes:
                    raise SystemExit(f"pages change: {seen}")
                check_pages(queries, read_answers(work / "answers"),
                            reference)
                rounds["warm"].append(seen)
                rounds["bare"].append(measure(bare, warm))
        for _ in range(bench.rounds):
            writer = changing(side, work)
            time.sleep(0.1)
            seen = measure(side, fresh)
            check(seen, "changed pages")
            writer.result()
            rounds["changed"].append(seen)
    figures = {(kind, key): [r[key] for r in list_of]
               for kind, list_of in rounds.items()
               for key in ("per_second", "cpu_us")}
    bench.row(1, "GET /slots, warm", figures["warm", "per_second"],
              figures["bare", "per_second"], "/s", least=1.0)
    bench.row(1, "  CPU a request", figures["warm", "cpu_us"],
              figures["bare", "cpu_us"], "us", most=1.0)
    bench.row(2, "GET /slots, availability changed",
              figures["changed", "per_second"],
              figures["bare", "per_second"], "/s", least=0.25)
    bench.note("  CPU a request", figures["changed", "cpu_us"],
               figures["bare", "cpu_us"], "us")


def wire_bytes(side, path):
    """Bytes of the whole answer, and the body."""
    status, headers, body = fetch(side, path, GZIP)
    if status != 200:
        raise SystemExit(f"{path}: {status}")
    head = sum(len(k) + len(v) + 4 for k, v in headers.items()) + 19
    if headers.get("Content-Encoding") == "gzip":
        return head + len(body), gzip.decompress(body)
    return head + len(body), body


def first_visit(bench):
    with Hokend(bench.work / "visit", bench.weekday) as side:
        total, page = wire_bytes(side, "/")
        parts = set(re.findall(
            rb'<(?:link|img|script|use)[^>]*?(?:href|src)="'
            rb'(/static/[^"#]+)', page))
        sizes = [wire_bytes(side, part.decode())[0] for part in parts]
    bench.row(14, "first visit", [(total + sum(sizes)) / 1024], None, "KiB",
              most=30)
    bench.row(14, "  requests", [1 + len(parts)], None, "", most=6)
