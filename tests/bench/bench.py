"""make bench: how fast hokend is, as ratios.

Machines differ and are noisy, so each figure is a ratio of two sides that
take turns in one run, the median of at least three rounds.  CPU time a
request is steadier than requests a second: pages are judged by both.  What
came back is verified, or the run ends.

    bench.py [-r ROUNDS] [NUMBER...]	only these measures
"""
import argparse
import pathlib
import statistics
import sys
import tempfile
import time

import bookings
import feeds
import growth
import letters
import pages
import rooms
from house import BUILD, HOUSE

MEASURES = {
    "pages": (pages.warm_and_changed, (1, 2)),
    "changed": (bookings.behind_each, (2,)),
    "bookings": (bookings.grouped, (3,)),
    "slow": (bookings.slow_disk, (4,)),
    "reads": (bookings.reads, (5,)),
    "feeds": (feeds.feeds, (6,)),
    "letters": (letters.letters, (8,)),
    "growth": (growth.growth, (9, 10, 11, 12)),
    "opening": (bookings.opening_minute, (13,)),
    "visit": (pages.first_visit, (14,)),
}
FORM = "{:>3}  {:44} {:>17} {:>17} {:>8}  {:8} {}"


class Bench:
    def __init__(self, work, rounds):
        self.work = work
        self.rounds = rounds
        self.missed = 0
        self.weekday = HOUSE / "etc/rooms/weekday.conf"
        self.crowd = self.room("crowd", rooms.crowd())
        self.years = self.room("years", rooms.years("2026-06-01"))

    def room(self, name, text):
        path = self.work / f"{name}.room"
        path.write_text(text)
        return path

    def row(self, number, what, ours, theirs, unit, most=None, least=None,
            ratio=None):
        """One line of the table: lists of raw figures, one a round, and a
        target for the ratio of their medians (or for `ours` alone)."""
        mine = statistics.median(ours)
        other = statistics.median(theirs) if theirs else None
        if ratio is None:
            ratio = mine / other if other else mine
        good = ratio <= most if most is not None else ratio >= least
        self.missed += not good
        target = f"<= {most:g}" if most is not None else f">= {least:g}"
        print(FORM.format(number, what, figure(mine, unit),
                          figure(other, unit) if theirs else "",
                          figure(ratio, "") + (" x" if theirs else ""),
                          target, "reached" if good else "MISSED"),
              flush=True)

    def note(self, what, ours, theirs, unit):
        """A line without a target."""
        mine, other = statistics.median(ours), statistics.median(theirs)
        print(FORM.format("", what, figure(mine, unit), figure(other, unit),
                          figure(mine / other, "") + " x", "", ""),
              flush=True)


def figure(value, unit):
    if value >= 1000:
        text = f"{value:,.0f}"
    elif value >= 100:
        text = f"{value:.0f}"
    else:
        text = f"{value:.3g}"
    return f"{text} {unit}".strip()


def main():
    ask = argparse.ArgumentParser(description="hokend's speed as ratios")
    ask.add_argument("-r", "--rounds", type=int, default=3)
    ask.add_argument("numbers", type=int, nargs="*")
    asked = ask.parse_args()
    print(f"{BUILD / 'hokend'}, medians of {asked.rounds} rounds")
    print(FORM.format("#", "measure", "hokend", "baseline", "ratio",
                      "target", ""), flush=True)
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="hokend-bench-") as work:
        bench = Bench(pathlib.Path(work), max(asked.rounds, 3))
        for run, numbers in MEASURES.values():
            if not asked.numbers or set(numbers) & set(asked.numbers):
                run(bench)
    print(f"{time.monotonic() - started:.0f} s, {bench.missed} missed")


if __name__ == "__main__":
    sys.exit(main())
