"""People who book, move and cancel, and the ledger of what they were told.

The ledger knows answers only.  A frame is (advisor, starts_at); it belongs
to whoever was told so, until she asks to leave it.
"""
import random
import re
import threading

BOOK, HOLD, MOVE, CANCEL = range(4)
VISITS_MOST = 10
GUARD = re.compile(r'name="guard" value="([^"]+)"')
CODE = re.compile(r"(?<!\d)\d{4}-\d{4}(?!\d)")
WORDS = re.compile(r'<p class="words">(.*?)</p>', re.S)
TAG = re.compile(r"<[^>]+>")


class Ledger:
    def __init__(self):
        self.lock = threading.Lock()
        self.owner = {}
        self.answered = 0
        self.repeated = 0
        self.broken = []
        self.kept = []  # (path, body, key, answer): repeatable for ever

    def gain(self, frame, who):
        with self.lock:
            before = self.owner.setdefault(frame, who)
            if before != who:
                self.broken.append(f"doubled: {frame} for {before} and {who}")

    def leave(self, frame):
        with self.lock:
            self.owner.pop(frame, None)

    def told(self):
        with self.lock:
            self.answered += 1

    def wrong(self, what):
        with self.lock:
            self.broken.append(what)

    def confirmed(self):
        """(code, advisor, starts_at) of every booking that stands."""
        with self.lock:
            return {(code, *frame) for frame, code in self.owner.items()
                    if not code.startswith("hold ")}


class Visit:
    def __init__(self, code, words, frame):
        self.code, self.words, self.frame = code, words, frame


class Person:
    """One of many.  What was sent and not answered stays in `open` until
    resolve() has sent it again under the same key."""

    def __init__(self, n, house, ledger, slots, rng, pages=True, mail=0.1):
        self.n, self.house, self.ledger = n, house, ledger
        self.slots, self.rng = slots, rng
        self.pages, self.mail = pages, mail
        self.client = house.client(f"127.0.2.{n + 1}")
        self.visits = []
        self.open = None  # a request without an answer
        self.held = None  # (frame, cookie) of a hold by page
        self.flying = False
        self.keys = 0

    # Asking

    def work(self, stop):
        """Until `stop` is set or the house is gone."""
        try:
            while not stop.is_set():
                self.step()
        except OSError:
            self.flying = self.client.flying

    def step(self):
        weights = (45, 15 if self.pages else 0, 20, 20)
        if not self.visits:
            weights = (45, 15 if self.pages else 0, 0, 0)
        elif len(self.visits) >= VISITS_MOST:
            weights = (0, 0, 50, 50)
        what = self.rng.choices((BOOK, HOLD, MOVE, CANCEL), weights)[0]
        if what == BOOK:
            self.book()
        elif what == HOLD:
            self.hold()
        elif what == MOVE:
            self.move(self.rng.choice(self.visits))
        else:
            self.cancel(self.rng.choice(self.visits))

    def book(self):
        slot = self.rng.choice(self.slots)
        body = {"slot": slot["id"], "name": f"ゆき{self.n}"}
        if self.rng.random() < self.mail:
            body["email"] = f"yuki{self.n}@example.jp"
        self.ask("/bookings", body, lambda a: self.booked(slot, a))

    def booked(self, slot, answer):
        if answer.status == 201:
            made = answer.json
            frame = (made["advisor"], made["starts_at"])
            if frame != (slot["advisor"], slot["starts_at"]):
                self.ledger.wrong(f"asked for {slot}, got {made}")
            self.ledger.gain(frame, made["code"])
            self.visits.append(
                Visit(made["code"], made["passphrase"], frame))
        else:
            self.refused(answer)

    def move(self, visit):
        slot = self.rng.choice(self.slots)
        before = visit.frame
        self.ledger.leave(before)
        self.ask(f"/bookings/{visit.code}/move",
                 {"slot": slot["id"], "passphrase": visit.words},
                 lambda a: self.moved(visit, before, slot, a))

    def moved(self, visit, before, slot, answer):
        if answer.status == 200:
            visit.frame = (slot["advisor"], slot["starts_at"])
            made = answer.json
            if (made["advisor"], made["starts_at"]) != visit.frame:
                self.ledger.wrong(f"moved to {slot}, got {made}")
        else:
            visit.frame = before
            self.refused(answer)
        self.ledger.gain(visit.frame, visit.code)

    def cancel(self, visit):
        self.ledger.leave(visit.frame)
        self.ask(f"/bookings/{visit.code}/cancel",
                 {"passphrase": visit.words},
                 lambda a: self.cancelled(visit, a))

    def cancelled(self, visit, answer):
        if answer.status == 200:
            self.visits.remove(visit)
        else:
            self.ledger.wrong(f"cannot cancel {visit.code}: {answer}")

    def refused(self, answer):
        """Somebody else was first: the only refusal there is here."""
        if answer.status != 409 or answer.json["code"] != "taken":
            self.ledger.wrong(f"refused: {answer}")

    # Once, and again under the same key

    def ask(self, path, body, then):
        self.keys += 1
        self.open = (path, body, f"person-{self.n}-{self.keys}", then)
        self.send()

    def send(self):
        path, body, key, then = self.open
        answer = self.client.call("POST", "/api/v1" + path, body,
                                  Idempotency_Key=key)
        self.open = None
        then(answer)
        self.ledger.told()
        if answer.status in (200, 201) and self.rng.random() < 0.05:
            self.ledger.kept.append((path, body, key, answer.body))

    def resolve(self):
        self.flying = False
        if self.open:
            self.ledger.repeated += 1
            self.send()
        elif self.held:
            self.ledger.repeated += 1
            self.finish_hold()

    # By pages: hold, say nothing, book

    def hold(self):
        slot = self.rng.choice(self.slots)
        answer = self.client.call("POST", "/holds",
                                  f"guard={self.house.guard}"
                                  f"&slot={slot['id']}")
        if answer.status != 303:
            if answer.status != 409:
                self.ledger.wrong(f"no hold: {answer}")
            return
        frame = (slot["advisor"], slot["starts_at"])
        self.held = frame, answer.headers["set-cookie"].split(";")[0]
        self.ledger.gain(frame, f"hold {self.held[1]}")
        self.ledger.told()
        self.finish_hold()

    def finish_hold(self):
        """May be begun again after a kill: each step bears repeating."""
        frame, cookie = self.held
        if self.client.call("GET", "/done", Cookie=cookie).status != 200:
            self.confirm(frame, cookie)
        done = self.client.call("GET", "/done", Cookie=cookie)
        self.held = None
        self.ledger.leave(frame)
        if done.status != 200:
            self.ledger.wrong(f"lost: hold of {frame}: {done}")
            return
        code = CODE.search(TAG.sub(" ", done.text)).group()
        words = TAG.sub(" ", WORDS.search(done.text).group(1))
        self.ledger.gain(frame, code)
        self.ledger.told()
        self.visits.append(Visit(code, " ".join(words.split()), frame))

    def confirm(self, frame, cookie):
        page = self.client.call("GET", "/contact", Cookie=cookie)
        guard = GUARD.search(page.text)
        if page.status != 200 or guard is None:
            self.ledger.wrong(f"lost: hold of {frame}: {page}")
            return
        guard = f"guard={guard.group(1)}"
        for path, form, ok in (
                ("/contact", guard + "&name=&mail=&note=&lang=ja", "/check"),
                ("/check", guard, "/done")):
            answer = self.client.call("POST", path, form, Cookie=cookie)
            if answer.headers.get("location") != ok:
                self.ledger.wrong(f"{path} of a hold: {answer}")


def crowd(house, ledger, slots, seed, many=16, **more):
    return [Person(n, house, ledger, slots, random.Random(f"{seed}/{n}"),
                   **more) for n in range(many)]


def read_guard(house):
    client = house.client()
    house.guard = GUARD.search(client.call("GET", "/slots").text).group(1)
    client.close()
