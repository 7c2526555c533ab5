"""Many want one slot in the same moment: one has it, nobody gets an error."""
import threading

import pytest


@pytest.mark.parametrize("people, rounds", [(2, 8), (64, 4)])
def test_one_winner(start, people, rounds):
    # The stated cap of connections a peer is 64; they come from 64 peers.
    daemon = start()
    for _ in range(rounds):
        slot = daemon.api.slots()[0]
        answers = race(daemon, slot, people)
        made = [a for a in answers if a.status == 201]
        others = [a for a in answers if a.status == 409]
        assert len(made) == 1, answers
        assert len(others) == people - 1, answers
        free = {s["id"] for s in daemon.api.slots(to="2026-08-28")}
        assert slot["id"] not in free
        for answer in others:
            problem = answer.json
            assert problem["code"] == "taken"
            assert 0 < len(problem["alternatives"]) <= 6
            assert {s["id"] for s in problem["alternatives"]} <= free
    booked = []
    for day in sorted({"2026-06-29", "2026-06-30", "2026-07-01"}):
        booked += daemon.operator.get("/bookings", {"date": day}).json[
            "bookings"]
    starts = [(b["advisor"], b["starts_at"]) for b in booked]
    assert len(starts) == len(set(starts)) == rounds


def race(daemon, slot, people):
    answers = [None] * people
    gate = threading.Barrier(people)

    def book(n):
        gate.wait()
        answers[n] = daemon.api.post("/bookings", {"slot": slot["id"]},
                                     peer=f"127.0.1.{n + 1}")

    threads = [threading.Thread(target=book, args=(n,))
               for n in range(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers
