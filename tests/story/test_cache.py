"""Pages that are kept whole: never older than the room, never another's."""
import gzip
import urllib.request

from reader import Reader


def fetch(daemon, path, **headers):
    request = urllib.request.Request(daemon.url + path, headers={
        name.replace("_", "-"): value for name, value in headers.items()})
    with urllib.request.urlopen(request, timeout=10) as answer:
        body = answer.read()
        if answer.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        return answer.headers, body.decode()


def test_kept_and_fresh_pages_are_alike(daemon):
    for path in ("/", "/slots", "/slots?theme=health&channel=online"):
        made = fetch(daemon, path, Accept_Language="ja")[1]
        headers, kept = fetch(daemon, path, Accept_Language="ja",
                              Accept_Encoding="gzip")
        assert headers["Content-Encoding"] == "gzip"
        assert "Accept-Encoding" in ", ".join(headers.get_all("Vary"))
        assert kept == made


def test_languages_are_kept_apart(daemon):
    for _ in range(2):
        assert 'lang="ja"' in fetch(daemon, "/slots", Accept_Language="ja")[1]
        assert '<html lang="en"' in fetch(
            daemon, "/slots", Accept_Language="en")[1]
    headers, chosen = fetch(daemon, "/slots?lang=en", Accept_Language="ja")
    assert "lang=en" in headers["Set-Cookie"]
    headers, _ = fetch(daemon, "/slots", Accept_Language="en")
    assert "Set-Cookie" not in headers


def test_what_is_taken_is_gone_at_once(daemon):
    slot = daemon.api.slots(theme="health")[0]
    for _ in range(2):
        assert slot["id"] in fetch(daemon, "/slots?theme=health")[1]
    booked = daemon.api.book(slot)
    assert slot["id"] not in fetch(daemon, "/slots?theme=health")[1]
    daemon.api.post(f"/bookings/{booked['code']}/cancel",
                    {"passphrase": booked["passphrase"]})
    assert slot["id"] in fetch(daemon, "/slots?theme=health")[1]


def test_a_kept_form_holds_a_slot_for_each(daemon):
    one, other = Reader(daemon.url), Reader(daemon.url)
    pages = one.get("/slots"), other.get("/slots")
    assert one.press(pages[0], pages[0].slots()[0]).path == "/contact"
    assert other.press(pages[1], pages[1].slots()[1]).path == "/contact"


def test_many_addresses_do_not_grow_without_bound(daemon):
    """More than fits: the oldest go, the answers stay right."""
    first = fetch(daemon, "/slots?theme=health")[1]
    for i in range(1500):
        fetch(daemon, f"/slots?theme=health&x={i}")
    with open(f"/proc/{daemon.process.pid}/status") as status:
        rss = int(next(line for line in status
                       if line.startswith("VmRSS")).split()[1])
    with open(f"/proc/{daemon.process.pid}/maps") as maps:
        most = 700_000 if "asan" in maps.read() else 100_000
    assert rss < most, f"{rss} KiB"
    assert fetch(daemon, "/slots?theme=health")[1].count("slot=") == \
        first.count("slot=")
