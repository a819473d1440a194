"""How much bound sessions that do nothing cost: memory each, and processor time, an enquire_link of each included.

python -m tests.benchmarks.sessions [COUNT]
"""

import json
import os
import resource
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from simulator.smpp.codec import encode
from simulator.smpp.pdus import BindTransceiver

BIND = encode(BindTransceiver(system_id="panel", password="panel"), 1)
IDLE_SECONDS = 75.0


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    resource.setrlimit(resource.RLIMIT_NOFILE, (count + 300, count + 300))
    with tempfile.TemporaryDirectory() as folder:
        ready = Path(folder) / "ready.json"
        options = ["--port", "0", "--http-port", "0", "--ready-file", str(ready)]
        command = [sys.executable, "-m", "khatban", "serve", *options]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL) as operator:
            try:
                while not ready.exists():
                    time.sleep(0.05)
                measure(operator.pid, tuple(json.loads(ready.read_text())["smpp"]), count)
            finally:
                operator.terminate()


def measure(pid: int, address: tuple[str, int], count: int) -> None:
    before, began = memory(pid), time.monotonic()
    sockets = []
    for _ in range(count):
        connection = socket.create_connection(address, timeout=30)
        connection.sendall(BIND)
        sockets.append(connection)
    for connection in sockets:
        response = connection.recv(1024)
        assert response[4:12] == b"\x80\x00\x00\x09\x00\x00\x00\x00", response
    took = time.monotonic() - began
    after, busy = memory(pid), processor(pid)
    time.sleep(IDLE_SECONDS)
    busy = processor(pid) - busy
    for connection in sockets:
        connection.close()
    print(f"{count} sessions bound in {took:.1f} s")
    each = (after - before) / count / 1e3
    print(f"memory: {before / 1e6:.0f} MB before, {after / 1e6:.0f} MB after: {each:.1f} kB each")
    print(f"processor while they are idle: {busy / IDLE_SECONDS:.2%} of a core")


def memory(pid: int) -> int:
    """Octets of resident memory."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def processor(pid: int) -> float:
    """Seconds of processor time so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
