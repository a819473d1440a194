"""Kannel as a panel runs it: bearerbox and smsbox as processes, texts in over HTTP, delivery reports out to a URL.

Owns the processes and what they say: the answers, the callbacks, and the PDUs that bearerbox dumps in its log.
"""

import http.server
import queue
import re
import shutil
import socket
import string
import subprocess
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple, Self
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx

from tests.e2e.operator import DEDICATED_LINE, PATIENCE, Operator

TEMPLATE = Path(__file__).parent / "clients" / "kannel" / "kannel.conf"
ALL_REPORTS = 31
"""dlr-mask: delivered 1, not delivered 2, buffered 4, accepted by the SMSC 8, refused by it 16."""

_PANEL_PASSWORD = "kannel"
_GLANCE = 0.02
_DUMP = re.compile(r"SMPP PDU \S+ dump:\n(.*?)[^\n]*SMPP PDU dump ends\.", re.DOTALL)
_FIELD = re.compile(r"DEBUG: {3}(\w+): (?:(\d+) = 0x|\"(.*)\"$|NULL$)", re.MULTILINE)

Dump = dict[str, str | int]
"""A PDU as bearerbox dumps it: numbers and C-octet strings by their names; `type_name` is the PDU's."""


class Report(NamedTuple):
    """A callback to a dlr-url: for which message, which bit of the mask, %F and %A."""

    message: str
    type: int
    message_id: str
    text: str


class Callbacks:
    """A web server for dlr-url. A context manager: leaving stops it."""

    def __init__(self) -> None:
        self.reports: queue.Queue[Report] = queue.Queue()
        reports = self.reports

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                values = {key: value[0] for key, value in parse_qs(urlsplit(self.path).query).items()}
                reports.put(Report(values["message"], int(values["type"]), values.get("id", ""), values["text"]))
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_arguments: object) -> None:
                pass

        self._server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def url(self, message: str) -> str:
        """The dlr-url of a message; Kannel fills in the % escapes."""
        return f"http://127.0.0.1:{self._server.server_port}/?message={message}&type=%d&id=%F&text=%A"


class Kannel:
    """One Kannel, bound to the operator or refused by it. A context manager: leaving unbinds and ends it."""

    def __init__(self, operator: Operator, folder: Path, password: str) -> None:
        admin, smsbox, sendsms = _free_ports(3)
        host, port = operator.smpp
        names = {"host": host, "port": port, "password": password, "panel_password": _PANEL_PASSWORD}
        ports = {"admin_port": admin, "smsbox_port": smsbox, "sendsms_port": sendsms}
        self._folder = folder
        self._configuration = folder / "kannel.conf"
        self._configuration.write_text(string.Template(TEMPLATE.read_text("utf-8")).substitute(names, **ports), "utf-8")
        self._status = f"http://127.0.0.1:{admin}/status.xml?{urlencode({'password': _PANEL_PASSWORD})}"
        self._sendsms = f"http://127.0.0.1:{sendsms}/cgi-bin/sendsms"
        self._processes: list[subprocess.Popen[bytes]] = []
        self._end = ExitStack()

    def __enter__(self) -> Self:
        with ExitStack() as end:
            end.callback(self._end_processes)
            self._start("bearerbox")
            self.wait_until(lambda: any(pdu["type_name"] == "bind_transceiver_resp" for pdu in self.pdus()))
            self._end = end.pop_all()
        return self

    def __exit__(self, *_exception: object) -> None:
        self._end.close()

    def start_smsbox(self) -> None:
        """Starts the process that takes texts over HTTP."""
        self._start("smsbox")
        self.wait_until(lambda: "<type>smsbox</type>" in self.status())

    def status(self) -> str:
        """Bearerbox's own view of its connections, as XML."""
        return httpx.get(self._status, timeout=PATIENCE, trust_env=False).text

    def send(self, text: str, destination: str, dlr_url: str) -> str:
        """Gives a text to smsbox; its answer."""
        query = {
            "username": "panel",
            "password": _PANEL_PASSWORD,
            "from": DEDICATED_LINE,
            "to": destination,
            "text": text,
            "coding": "2",
            "charset": "utf-8",
            "dlr-mask": str(ALL_REPORTS),
            "dlr-url": dlr_url,
        }
        return httpx.get(self._sendsms, params=query, timeout=PATIENCE, trust_env=False).text

    def pdus(self) -> list[Dump]:
        """Every PDU that bearerbox has sent or received so far."""
        return [_fields(dump) for dump in _DUMP.findall(self.log())]

    def log(self) -> str:
        """What bearerbox has written so far."""
        return (self._folder / "bearerbox.log").read_text("utf-8", errors="replace")

    def wait_until(self, is_so: Callable[[], bool]) -> None:
        """Waits for a condition while the processes run."""
        end = time.monotonic() + PATIENCE
        while True:
            are_running = all(process.poll() is None for process in self._processes)
            if is_so():  # looked at behind the processes: what one wrote before its end still counts
                return
            assert are_running, self._last_words()
            assert time.monotonic() < end, self._last_words()
            time.sleep(_GLANCE)

    def _start(self, program: str) -> None:
        found = shutil.which(program, path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin") or program
        with (self._folder / f"{program}.log").open("wb") as log:
            self._processes.append(
                subprocess.Popen(
                    [found, "-v", "0", str(self._configuration)], stdin=subprocess.DEVNULL, stdout=log, stderr=log
                )
            )

    def _last_words(self) -> str:
        return "\n".join(log.read_text("utf-8", errors="replace")[-2000:] for log in self._folder.glob("*.log"))

    def _end_processes(self) -> None:
        for process in self._processes:
            process.terminate()
        for process in self._processes:
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _free_ports(count: int) -> list[int]:
    """Ports that nobody listens on; Kannel cannot choose its own."""
    with ExitStack() as taken:
        sockets = [taken.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [int(one.getsockname()[1]) for one in sockets]


def _fields(dump: str) -> Dump:
    named = re.search(r"type_name: (\w+)", dump)
    assert named is not None, dump
    values = {name: int(number) if number else string for name, number, string in _FIELD.findall(dump)}
    return {"type_name": named[1], **values}
