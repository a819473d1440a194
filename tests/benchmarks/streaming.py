"""What pages that listen to events cost: the rate of submit_sm and the processor's time for each, with and without.

`python -m tests.benchmarks.streaming [READERS]`. The readers are one process that throws away what it reads.
"""

import json
import os
import selectors
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from tests.benchmarks.blast import blast

READERS = 20
ROUNDS = 5
MESSAGES = 30_000
LINE = "3000200020"
START_SECONDS = 20


class Server(NamedTuple):
    """An operator that runs."""

    smpp: tuple[str, int]
    http: tuple[str, int]
    pid: int

    def processor(self) -> float:
        """Seconds of processor time so far."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def operator() -> Iterator[Server]:
    with tempfile.TemporaryDirectory() as folder:
        ready = Path(folder) / "ready.json"
        options = ["--port", "0", "--http-port", "0", "--store", f"{folder}/store.db", "--ready-file", str(ready)]
        process = subprocess.Popen([sys.executable, "-m", "khatban", "serve", *options], stdout=subprocess.DEVNULL)
        try:
            os.sched_setaffinity(process.pid, {0})
            deadline = time.monotonic() + START_SECONDS
            while not ready.exists():
                if process.poll() is not None or time.monotonic() > deadline:
                    sys.exit("the operator did not start")
                time.sleep(0.02)
            doors = json.loads(ready.read_text())
            yield Server(tuple(doors["smpp"]), tuple(doors["http"]), process.pid)
        finally:
            process.terminate()
            process.wait()


@contextmanager
def listening(address: tuple[str, int], readers: int) -> Iterator[list[int]]:
    """So many readers; afterwards the list holds how many events and octets they got."""
    got: list[int] = []
    command = [sys.executable, "-m", __spec__.name, "read", *map(str, address), str(readers)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        process.stdout.readline()
        yield got
    finally:
        said, _ = process.communicate("")
        got += map(int, said.split())


def read(host: str, port: int, readers: int) -> None:
    """The process of the readers: until its standard input ends."""
    selector = selectors.DefaultSelector()
    for _ in range(readers):
        sock = socket.create_connection((host, port))
        sock.sendall(b"GET /api/v1/events HTTP/1.1\r\nhost: localhost\r\n\r\n")
        sock.recv(4096)
        selector.register(sock, selectors.EVENT_READ)
    selector.register(sys.stdin, selectors.EVENT_READ)
    print("ready", flush=True)
    events = octets = 0
    while True:
        for key, _ in selector.select():
            if not isinstance(key.fileobj, socket.socket):
                print(events, octets)
                return
            received = key.fileobj.recv(1 << 18)
            octets += len(received)
            events += received.count(b"\nevent: ") + received.startswith(b"event: ")


def measured(server: Server) -> tuple[float, float]:
    """submit_sm a second, and microseconds of processor time for each."""
    began = server.processor()
    rate = blast(server.smpp, messages=MESSAGES, window=100, source=LINE).rate
    return rate, (server.processor() - began) / MESSAGES * 1e6


def main(readers: int) -> None:
    """Measures by turns, so that whatever else the machine does meets both alike, and prints the ratios."""
    os.sched_setaffinity(0, {1})
    alone, watched, got = [], [], []
    with operator() as server:
        measured(server)
        for _ in range(ROUNDS):
            alone.append(measured(server))
            with listening(server.http, readers) as got_now:
                watched.append(measured(server))
            got.append(got_now)
    rates, costs = ([[each[place] for each in runs] for runs in (alone, watched)] for place in (0, 1))
    table = Table("", "submit_sm/s", "microseconds of processor each")
    for name, rate, cost in zip(("nobody listens", f"{readers} listen"), rates, costs, strict=True):
        table.add_row(name, f"{median(rate):,.0f}", f"{median(cost):.1f}")
    table.add_row("ratio", f"{median(rates[1]) / median(rates[0]):.2f}", f"{median(costs[0]) / median(costs[1]):.2f}")
    console = Console(width=100)
    console.print(table)
    events, octets = (median(each[place] for each in got) for place in (0, 1))
    console.print(f"in each run the readers got {events:,.0f} events together, {octets / 1e6:,.1f} megabytes")


if __name__ == "__main__":
    if sys.argv[1:2] == ["read"]:
        read(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else READERS)
