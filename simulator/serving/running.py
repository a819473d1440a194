"""One operator of a run, from the opening of its ports to its end."""

import datetime
import ssl
from contextlib import AsyncExitStack, closing
from dataclasses import dataclass
from typing import Self

import trio

from simulator.admin.access import Access, Token, TokenError, is_loopback
from simulator.admin.meters import Meters
from simulator.center.operator import Operator
from simulator.registry.registers import Registers
from simulator.serving.config import Files, OperatorConfig, ServerSettings
from simulator.serving.delivery_loop import deliver, tidy
from simulator.serving.doors import Doors, address_of, listen, tls_context
from simulator.serving.server import Door
from simulator.serving.starting import Addresses, StartError, open_log_file
from simulator.smpp.session import SessionLimits
from simulator.store import Store
from simulator.wire_log import WireLog


@dataclass(frozen=True)
class Ports:
    """The open ports of an operator."""

    smpp: list[trio.SocketListener]
    smpps: list[trio.SocketListener]
    http: list[trio.SocketListener]
    tls: ssl.SSLContext | None

    @classmethod
    async def open(cls, opened: AsyncExitStack, config: OperatorConfig) -> Self:
        """Opens the ports; they are closed when `opened` is.

        Raises:
            StartError: A port cannot be opened, or the certificate cannot be used; the message names the operator.
        """
        settings = config.server
        try:
            context = tls_context(settings.tls) if settings.tls else None
            smpp = await listen(opened, settings.host, settings.port)
            smpps = await listen(opened, settings.host, settings.tls.port) if settings.tls else []
            return cls(
                smpp, smpps, await listen(opened, settings.http_host or settings.host, settings.http_port), context
            )
        except StartError as error:
            if not config.name:
                raise
            raise StartError(f"operator {config.name}: {error}") from error

    @property
    def addresses(self) -> Addresses:
        """Where the operator listens."""
        return Addresses(address_of(self.smpp), address_of(self.http), address_of(self.smpps) if self.smpps else None)


class RunningOperator:
    """An operator behind its ports."""

    def __init__(
        self,
        opened: AsyncExitStack,
        config: OperatorConfig,
        ports: Ports,
        store: Store,
        registers: Registers,
        seed: int,
    ) -> None:
        """`registers` are the world's, read back from the store; the logs are closed when `opened` is.

        Raises:
            StartError: A log cannot be written, or HTTP would be open to others than it may be.
        """
        self.name = config.name
        self.addresses = ports.addresses
        self._ports = ports
        self._meters = Meters()
        self._access = _access(config.server, ports.http)
        self._operator = Operator(
            config.first,
            store,
            seed=seed,
            real=trio.current_time,
            wall=_wall_clock,
            registers=registers,
            start=config.clock.value,
        )
        log = _open_wire_log(opened, config.files, self._operator)
        self._doors = Doors(Door(self._operator, _limits(config.server), config.server.congestion), log)

    async def start(self, nursery: trio.Nursery) -> None:
        """Serves in the nursery until that is cancelled; returns when its SMPP doors are open."""
        nursery.start_soon(deliver, self._operator)
        nursery.start_soon(tidy, self._operator)
        await nursery.start(self._doors.serve, self._ports.smpp, self._ports.smpps, self._ports.tls)
        self._operator.ready = True

    async def serve_http(self) -> None:
        """Serves HTTP until cancelled; what comes before waits in the queue of the open port.

        Its application takes a third of a start to make, so it is made when all else runs.
        """
        from simulator.admin.app import create_app  # noqa: PLC0415 - see above
        from simulator.admin.server import serve_http  # noqa: PLC0415 - see above

        app = create_app(self._operator, self.addresses.by_door(), self._meters)
        async with trio.open_nursery() as nursery:
            nursery.start_soon(self._meters.lag.watch)
            await serve_http(app, self._ports.http, access=self._access, meter=self._meters.http)

    async def close(self) -> None:
        """Takes nothing more, and unbinds the sessions."""
        self._operator.ready = False
        await self._doors.close()


def _open_wire_log(opened: AsyncExitStack, files: Files, operator: Operator) -> WireLog | None:
    if files.wire_log is None and files.pcap is None:
        return None

    def now() -> float:
        return operator.clock.now()  # asked each time: a reset replaces the clock

    log = WireLog(open_log_file(files.wire_log), open_log_file(files.pcap), now)
    return opened.enter_context(closing(log))


def _limits(settings: ServerSettings) -> SessionLimits:
    return SessionLimits(
        session_init=settings.session_init,
        enquire_link=settings.enquire_link,
        inactivity=settings.inactivity,
        response_timeout=settings.response_timeout,
        window_out=settings.window_out,
        strict=settings.strict,
    )


def _access(settings: ServerSettings, listeners: list[trio.SocketListener]) -> Access:
    """Who may ask over HTTP.

    Raises:
        StartError: The token cannot be used; or there is none, and others than this machine reach the port.
    """
    token = None
    if settings.http_token_file is not None:
        try:
            token = Token.read(settings.http_token_file)
        except TokenError as error:
            raise StartError(f"cannot use the token of HTTP: {error}") from error
    addresses = [str(listener.socket.getsockname()[0]) for listener in listeners]
    if token is None and (reached := [address for address in addresses if not is_loopback(address)]):
        msg = (
            f"others would reach HTTP at {reached[0]}, and need a token to: name a file with one by"
            " --http-token-file or server.http_token_file, or keep HTTP to this machine by"
            ' server.http_host = "127.0.0.1"'
        )
        raise StartError(msg)
    return Access(token, settings.http_names)


def _wall_clock() -> float:
    return datetime.datetime.now(datetime.UTC).timestamp()
