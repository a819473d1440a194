"""The child process that drives Kannel; `harness.driver` says what it reads and writes.

A session is a bearerbox bound to the operator and a smsbox beside it. Texts go to smsbox over HTTP, as a panel gives
them; delivery reports and subscribers' messages come by the call-backs that a panel has. What bearerbox sent, and how
it was answered, is read from the PDUs that it dumps in its log.
"""

import http.server
import queue
import re
import subprocess
import sys
import threading
import time
from collections import deque
from typing import ClassVar
from urllib.parse import parse_qs, urlsplit

from harness.drivers import child
from harness.drivers.kannel_log import Dump, GrowingLog
from harness.drivers.kannel_processes import PATIENCE, Kannel, program

_CAPABILITIES = (
    "transceiver", "transmitter", "receiver", "sessions", "several_sessions", "bind_fields",
    "receipts", "mo", "long_text", "service_type", "priority_flag", "protocol_id",
)  # fmt: skip
_GLANCE = 0.02
"""Real seconds between two looks at the log."""
_PARAMETERS = {"service_type": "binfo", "priority_flag": "priority", "protocol_id": "pid"}
"""The fields of a submit that a parameter of sendsms says."""
_REPORTS = 1 | 2 | 8 | 16
"""dlr-mask: delivered, not delivered, accepted by the operator, refused by it."""
_RECEIPTS = ("1", "2")
_UCS2 = "2"
_LATIN = "latin-1"


class Callbacks:
    """The web server that Kannel calls; what it was told waits in a queue."""

    def __init__(self) -> None:
        self.calls: queue.SimpleQueue[tuple[str, dict[str, str]]] = queue.SimpleQueue()
        calls = self.calls

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                """Any path; the octets of the values are kept as Latin-1."""
                parts = urlsplit(self.path)
                asked = parse_qs(parts.query, keep_blank_values=True, encoding=_LATIN)
                calls.put((parts.path, {key: values[0] for key, values in asked.items()}))
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_arguments: object) -> None:
                """Says nothing."""

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def report_url(self) -> str:
        """A dlr-url; Kannel fills in the % escapes: the kind of report, the message_id, the receipt's text."""
        return f"http://127.0.0.1:{self.port}/report?kind=%d&id=%F&text=%A"

    def stop(self) -> None:
        """Takes no more calls."""
        self._server.shutdown()
        self._server.server_close()


class Session(child.Session):
    """One life of Kannel."""

    commands: ClassVar = {"submit": "submit", "unbind": "unbind"}

    def __init__(self, name: str, bind: child.Bind) -> None:
        super().__init__(name)
        self._callbacks = Callbacks()
        self._kannel = Kannel(bind, self._callbacks.port)
        self._log = GrowingLog(self._kannel.log)
        self._waiting: deque[str] = deque()
        self._submitted: dict[int, tuple[str, int]] = {}
        self._looked = time.monotonic()
        self._binding: int | None = None
        self.is_bound = False
        self.reason = "not bound"

    def bind(self) -> bool:
        """Starts both processes; False when bearerbox is not bound."""
        self._kannel.start_bearerbox()
        end = time.monotonic() + PATIENCE
        while not self.is_bound and time.monotonic() < end:
            if not self._read_log() or (self._binding is None and self.reason == "refused"):
                return False
            time.sleep(_GLANCE)
        if self.is_bound:
            self._kannel.start_smsbox()
        return self.is_bound

    def submit(self, submit: child.Submit) -> None:
        """Gives a text to smsbox; what bearerbox makes of it is read from its log."""
        query = {"from": submit.source, "to": submit.destination, "text": submit.text, "charset": "utf-8"}
        query["coding"] = "0" if _is_gsm(submit.text) else _UCS2
        query |= {_PARAMETERS[name]: str(value) for name, value in submit.fields.items()}
        if submit.receipt:
            query |= {"dlr-mask": str(_REPORTS), "dlr-url": self._callbacks.report_url()}
        self._waiting.append(submit.tag)
        self._kannel.send(query)

    def unbind(self) -> None:
        """Has bearerbox end, which unbinds."""
        self.reason = "unbound"
        self._kannel.unbind()

    def due(self) -> float:
        """The next look at the log."""
        return self._looked + _GLANCE

    def look(self) -> bool:
        """Reports what the log and the call-backs say."""
        self._looked = time.monotonic()
        goes_on = self._read_log()
        while not self._callbacks.calls.empty():
            self._called(*self._callbacks.calls.get())
        if not goes_on:
            self.close(self.reason)
        return goes_on

    def close(self, reason: str) -> None:
        """Ends Kannel."""
        self._kannel.stop()
        self._callbacks.stop()
        self.report("closed", reason=reason)

    def _read_log(self) -> bool:
        dumps, lost = self._log.read()
        for dump in dumps:
            (self._sent if dump.is_sent else self._came)(dump)
        if lost and self.reason != "unbound":
            self.reason = lost
        is_unbound = any(dump.name == "unbind_resp" and not dump.is_sent for dump in dumps)
        return not lost and not is_unbound

    def _sent(self, dump: Dump) -> None:
        number = dump.number("sequence_number")
        if dump.name == "submit_sm" and self._waiting:
            part, parts = dump.place
            tag = self._waiting[0] if part < parts else self._waiting.popleft()
            self._submitted[number] = (tag, part)
            told = {"data_coding": dump.number("data_coding"), "octets": len(dump.octets)}
            self.report("sent", pdu=dump.name, sequence_number=number, tag=tag, part=part, parts=parts, **told)
        elif not dump.name.endswith("_resp"):
            self._binding = number if dump.name.startswith("bind_") else self._binding
            self.report("sent", pdu=dump.name, sequence_number=number)

    def _came(self, dump: Dump) -> None:
        number, status = dump.number("sequence_number"), dump.number("command_status")
        if dump.name == "submit_sm_resp" and number in self._submitted:
            tag, part = self._submitted.pop(number)
            told = {"sequence_number": number, "command_status": status, "message_id": dump.text("message_id")}
            self.report("response", **told, tag=tag, part=part)
        elif dump.name == "enquire_link":
            self.report("enquire_link")
        elif dump.name == "generic_nack":
            self.report("generic_nack", sequence_number=number, command_status=status)
        elif dump.name == "unbind_resp":
            self.report("unbound", command_status=status)
        elif number == self._binding and dump.name.startswith("bind_"):
            self._binding = None
            self.is_bound = not status
            self.reason = "refused" if status else ""
            self.report("bound", command_status=status, system_id=dump.text("system_id"))

    def _called(self, path: str, said: dict[str, str]) -> None:
        if path == "/mo":
            octets = said["octets"].encode(_LATIN)
            text = octets.decode("utf-16-be" if said["coding"] == _UCS2 else "utf-8", errors="replace")
            # Kannel marks an international number by a plus.
            self.report("mo", source=said["from"].lstrip(" +"), destination=said["to"].lstrip(" +"), text=text)
        elif said["kind"] in _RECEIPTS:
            text = said["text"]
            self.report("receipt", **child.receipt_words(text, said["id"]), source="", destination="", text=text)


def _is_gsm(text: str) -> bool:
    """Whether a panel would send it as 7-bit text: plain ASCII letters and digits are in every alphabet."""
    return re.fullmatch(r"[\n\r !\"#%&'()*+,\-./0-9:;<=>?A-Za-z]*", text) is not None


def _bind(name: str, bind: child.Bind) -> Session | None:
    session = Session(name, bind)
    try:
        if session.bind():
            return session
    except child.ChildError as error:
        session.reason = child.reason_of(error)
    session.close(session.reason or "no answer to the bind")
    return None


def _version() -> str:
    """What bearerbox says of itself."""
    told = subprocess.run([program("bearerbox"), "--version"], capture_output=True, text=True, check=False)  # noqa: S603 - our own command
    found = re.search(r"version [`']?([0-9][\w.]*)", told.stdout + told.stderr)
    return found[1] if found else "unknown"


def main() -> None:
    """Runs the child until its standard input ends."""
    try:
        version = _version()
        program("smsbox")
    except child.ChildError as error:
        sys.exit(str(error))
    child.Child("kannel", version, _CAPABILITIES, {"bind": _bind}, patience=2.0).run()


if __name__ == "__main__":
    main()
