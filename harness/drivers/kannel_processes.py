"""Kannel's two processes, bearerbox and smsbox: configured, started, asked to send, and ended whatever happens."""

import shutil
import socket
import string
import subprocess
import tempfile
import time
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from secrets import token_hex

import httpx

from harness.drivers.child import Bind, ChildError

TEMPLATE = Path(__file__).with_name("kannel.conf")
PATIENCE = 10.0
"""Real seconds for a process to start, or for smsbox to answer."""
_PLACES = "/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin"
_GLANCE = 0.01
_BIND_FIELDS = {"system_type": "", "address_range": "", "interface_version": 0x34, "addr_ton": 0, "addr_npi": 0}


def program(name: str) -> str:
    """Where one of Kannel's programs is.

    Raises:
        ChildError: It is not installed.
    """
    found = shutil.which(name) or shutil.which(name, path=_PLACES)
    if found is None:
        raise ChildError(f"there is no {name}")
    return found


class Kannel:
    """One bearerbox and one smsbox in a folder of their own; `stop` ends them and removes it.

    Args:
        bind: How bearerbox is to bind.
        callback_port: Where the listener for reports and subscribers' messages is.
    """

    def __init__(self, bind: Bind, callback_port: int) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="khatban-kannel-"))
        self._secret = token_hex(8)
        self._processes: list[subprocess.Popen[bytes]] = []
        admin, smsbox, self._sendsms_port = _free_ports(3)
        ports = {"admin_port": admin, "smsbox_port": smsbox, "sendsms_port": self._sendsms_port}
        values = {**_smsc(bind), **ports, "callback_port": callback_port, "secret": self._secret}
        filled = string.Template(TEMPLATE.read_text("utf-8")).substitute(values)
        self._configuration = self._folder / "kannel.conf"
        self._configuration.write_text(filled, "utf-8")

    @property
    def log(self) -> Path:
        """What bearerbox writes."""
        return self._folder / "bearerbox.log"

    def start_bearerbox(self) -> None:
        """Starts the process that speaks SMPP."""
        self._start("bearerbox")

    def start_smsbox(self) -> None:
        """Starts the process that takes texts, and waits until it does.

        Raises:
            ChildError: It does not.
        """
        self._start("smsbox")
        end = time.monotonic() + PATIENCE
        while not _listens(self._sendsms_port):
            if time.monotonic() > end or self._processes[-1].poll() is not None:
                raise ChildError(f"Kannel's smsbox does not start; its last words: {self._last_words('smsbox')}")
            time.sleep(_GLANCE)

    def send(self, query: Mapping[str, str]) -> None:
        """Gives a text to smsbox.

        Raises:
            ChildError: It does not take it.
        """
        named = {"username": "khatban", "password": self._secret, **query}
        url = f"http://127.0.0.1:{self._sendsms_port}/cgi-bin/sendsms"
        try:
            answer = httpx.get(url, params=named, timeout=PATIENCE, trust_env=False)
        except httpx.HTTPError as error:
            raise ChildError(f"Kannel's smsbox does not answer: {error}") from error
        if answer.status_code != httpx.codes.ACCEPTED:
            raise ChildError(f"Kannel's smsbox answers {answer.status_code}: {answer.text.strip()}")

    def unbind(self) -> None:
        """Has bearerbox unbind and end."""
        self._processes[0].terminate()

    def stop(self) -> None:
        """Ends both at once, and removes what they left."""
        for process in self._processes:
            process.kill()
        for process in self._processes:
            process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _start(self, name: str) -> None:
        # With setpriv the kernel ends the process when ours is gone, however that came about.
        setpriv = shutil.which("setpriv")
        guarded = [setpriv, "--pdeathsig", "KILL"] if setpriv else []
        with (self._folder / f"{name}.log").open("wb") as log:
            self._processes.append(
                subprocess.Popen(  # noqa: S603 - our own command
                    [*guarded, program(name), "-v", "0", str(self._configuration)],
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                )
            )

    def _last_words(self, name: str) -> str:
        lines = (self._folder / f"{name}.log").read_text("utf-8", errors="replace").strip().splitlines()
        return lines[-1] if lines else "none"


def _smsc(bind: Bind) -> dict[str, object]:
    """The values of the group smsc: which port it binds to in which direction, and as whom."""
    fields = {**_BIND_FIELDS, **bind.fields}
    version = f"{int(fields.pop('interface_version')):02x}"
    return {
        "host": bind.host,
        "port": 0 if bind.type == "receiver" else bind.port,
        "receive_port": bind.port if bind.type == "receiver" else 0,
        "transceiver": "true" if bind.type == "transceiver" else "false",
        "system_id": bind.system_id,
        "password": bind.password,
        "interface_version": version,
        **fields,
    }


def _free_ports(count: int) -> list[int]:
    """Ports that nobody listens on; Kannel cannot choose its own."""
    with ExitStack() as taken:
        sockets = [taken.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [int(one.getsockname()[1]) for one in sockets]


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(PATIENCE)
        return probe.connect_ex(("127.0.0.1", port)) == 0
