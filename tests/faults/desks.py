"""What the judges of disks, clocks and memory share: libraries to preload,
people who book frame after frame, and what they were told."""
import os
import pathlib
import subprocess
import threading

from house import TREE


def preload(home, source, **env):
    """The environment under which hokend runs with a library of ours."""
    library = pathlib.Path(home, pathlib.Path(source).stem + ".so")
    if not library.exists():
        subprocess.run([os.environ.get("CC", "gcc"), "-std=c2x",
                        "-D_GNU_SOURCE", "-O2", "-Wall", "-Wextra", "-Werror",
                        "-shared", "-fPIC", "-o", library, TREE / source],
                       check=True)
    return {"LD_PRELOAD": str(library), **env}


class Desks:
    """Four people who book, each frame once and under a key."""

    def __init__(self, slots):
        self.slots = list(slots)
        self.lock = threading.Lock()
        self.told = {}  # code -> (advisor, starts_at)
        self.unknown = set()  # (advisor, starts_at): asked, nothing heard
        self.statuses = {}
        self.broken = []

    def next(self):
        with self.lock:
            return self.slots.pop() if self.slots else None

    def work(self, house, most, stop=None):
        """Each books up to `most` frames, or until the house is gone."""
        threads = [threading.Thread(target=self.book_on,
                                    args=(house, n, most, stop))
                   for n in range(4)]
        for thread in threads:
            thread.start()
        return threads

    def book_on(self, house, n, most, stop):
        client = house.client(f"127.0.3.{n + 1}")
        try:
            for _ in range(most):
                slot = self.next()
                if slot is None or (stop and stop.is_set()):
                    break
                self.book(client, slot)
        except OSError:
            pass
        client.close()

    def book(self, client, slot, **fields):
        """Returns the status; None, and an OSError, when nobody answered."""
        frame = slot["advisor"], slot["starts_at"]
        with self.lock:
            self.unknown.add(frame)
        answer = client.call("POST", "/api/v1/bookings",
                             {"slot": slot["id"], **fields},
                             Idempotency_Key="-".join(frame))
        with self.lock:
            self.unknown.discard(frame)
            self.statuses[answer.status] = \
                self.statuses.get(answer.status, 0) + 1
            if answer.status == 201:
                self.told[answer.json["code"]] = frame
            elif answer.status not in (409, 503):
                self.broken.append(f"answered {answer}")
        return answer.status

    def compare(self, house, day):
        """The room's list of that day against what people were told."""
        there = {b["code"]: (b["advisor"], b["starts_at"])
                 for b in house.day(day)}
        told = {c: f for c, f in self.told.items() if f[1].startswith(day)}
        for code in told.keys() - there.keys():
            self.broken.append(f"lost: {told[code]}")
        for code in there.keys() - told.keys():
            if there[code] not in self.unknown:
                self.broken.append(f"nobody was told of {there[code]}")
        if len(set(there.values())) < len(there):
            self.broken.append("doubled")
        return len(there)
