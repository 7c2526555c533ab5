"""Letters a second, from the outbox to a sink: against Postfix's smtp-source,
which has nothing to remember, and, with a server that takes its time, against
what so many connections can carry at most."""
import asyncio
import getpass
import sqlite3
import subprocess
import threading
import time

from house import (BUILD, CONF, Load, Side, free_port, post, read_answers,
                   write_requests)

LETTERS = 1500
EACH = 80  # over each connection to a server that takes its time
BYTES = 5000  # of a letter, about
DELAY_S = 0.05
DONE_S = 120
QUARTER_S = 900
SINK = "/usr/sbin"


class Sender(Side):
    """A hokend in real time, since a rehearsal sends nothing."""

    def __init__(self, bench, server_port, connections):
        self.var = bench.work / "letters"
        port = free_port()
        conf = bench.work / "letters.conf"
        conf.write_text(CONF + f'smtp = "smtp://127.0.0.1:{server_port}"\n'
                        f"smtp_tls = none\nsmtp_connections = {connections}\n")
        super().__init__([BUILD / "hokend", "-f", conf, "-d", self.var, "-p",
                          port, "-r", bench.crowd], port,
                         bench.work / "letters.log")

    def outbox(self, word):
        subprocess.run([BUILD / "hokenctl", "-s", self.var / "hokend.sock",
                        "outbox", word], check=True, capture_output=True)

    def empty_s(self):
        """How long it takes to send all that waits."""
        with database(self.var) as db:
            begun = time.monotonic()
            self.outbox("resume")
            while left(db):
                if time.monotonic() > begun + DONE_S:
                    raise SystemExit(f"letters: {left(db)} are left")
                time.sleep(0.005)
            took = time.monotonic() - begun
        db.close()
        self.outbox("pause")
        return took


def letters(bench):
    fill(bench)
    for connections, least in ((1, 0.9), (4, 0.5)):
        ours, theirs = [], []
        for _ in range(bench.rounds):
            port = free_port()
            with Side([f"{SINK}/smtp-sink", "-u", getpass.getuser(),
                       f"127.0.0.1:{port}", "1000"],
                      port, bench.work / "sink.log"):
                renew(bench, LETTERS)
                with Sender(bench, port, connections) as side:
                    ours.append(LETTERS / side.empty_s())
                theirs.append(LETTERS / source_s(port, connections))
        bench.row(8, f"letters, {connections} at once, against smtp-source",
                  ours, theirs, "/s", least=least)
    for connections in (4, 16):
        ours = []
        with Slow() as server:
            for _ in range(bench.rounds):
                count = EACH * connections
                renew(bench, count)
                with Sender(bench, server.port, connections) as side:
                    ours.append(count / side.empty_s())
        bench.row(8, f"  {connections} at once, a server of 50 ms", ours,
                  [connections / DELAY_S], "/s", least=0.9)


def fill(bench):
    """Bookings with an address each, whose letters wait."""
    with Sender(bench, free_port(), 1) as side:
        side.outbox("pause")
        requests = write_requests(bench.work / "letters.requests", [
            post("/api/v1/bookings", {"slot": slot, "name": "ゆき",
                                      "email": f"w{n}@example.jp"})
            for n, slot in enumerate(frames(side.var))])
        answers = bench.work / "letters.answers"
        Load(side.port, requests, 16, 60, once=True, answers=answers).result()
    made = sum(head.startswith(b"HTTP/1.1 201")
               for head, _ in read_answers(answers))
    if made < LETTERS:
        raise SystemExit(f"letters: {made} bookings")


def frames(var):
    """Far enough ahead that no reminder is due meanwhile."""
    with database(var) as db:
        rows = db.execute(
            "SELECT id, starts_at, ends_at FROM session "
            "WHERE slot_minutes = 15 AND starts_at > ? ORDER BY starts_at, id",
            (time.time() + 3 * 86400,)).fetchall()
    db.close()
    made = [f"{session}-{at}" for session, start, end in rows
            for at in range(start, end, QUARTER_S)]
    return made[:LETTERS]


def renew(bench, count):
    """So many letters are due again, as if none had been tried."""
    with sqlite3.connect(bench.work / "letters/hokend.db") as db:
        db.execute("UPDATE outbox SET state = 'stale' "
                   "WHERE kind = 'confirmation'")
        db.execute("UPDATE outbox SET state = 'due', attempts = 0, "
                   "next_at = due_at WHERE id IN (SELECT id FROM outbox "
                   "WHERE kind = 'confirmation' LIMIT ?)", (count,))
    db.close()


def database(var):
    return sqlite3.connect(f"file:{var}/hokend.db?mode=ro", uri=True)


def left(db):
    return db.execute(
        "SELECT count(*) FROM outbox WHERE kind = 'confirmation' "
        "AND state IN ('due', 'sending')").fetchone()[0]


def source_s(port, connections):
    begun = time.monotonic()
    subprocess.run([f"{SINK}/smtp-source", "-d", "-s", str(connections),
                    "-m", str(LETTERS), "-l", str(BYTES), "-f",
                    "yoyaku@example.jp", "-t", "w@example.jp",
                    f"127.0.0.1:{port}"], check=True)
    return time.monotonic() - begun


class Slow:
    """Takes letters, each after a while."""

    def __enter__(self):
        self.loop = asyncio.new_event_loop()
        ready = threading.Event()
        self.thread = threading.Thread(target=self.run, args=(ready,))
        self.thread.start()
        ready.wait()
        return self

    def __exit__(self, *_):
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()

    def run(self, ready):
        asyncio.set_event_loop(self.loop)
        server = self.loop.run_until_complete(
            asyncio.start_server(self.serve, "127.0.0.1", 0))
        self.port = server.sockets[0].getsockname()[1]
        ready.set()
        self.loop.run_forever()

    async def serve(self, reader, writer):
        writer.write(b"220 slow\r\n")
        while line := await reader.readline():
            if line.startswith(b"DATA"):
                writer.write(b"354 go on\r\n")
                await reader.readuntil(b"\r\n.\r\n")
                await asyncio.sleep(DELAY_S)
            writer.write(b"250 ok\r\n")
        writer.close()

