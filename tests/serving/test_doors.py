"""The SMPP doors where a process of its own does not show them."""

import contextlib
import errno
import socket
import struct
from pathlib import Path

import pytest
import trio

from simulator.center.operator import Call
from simulator.serving import accepting
from simulator.serving.accepting import accept_all
from simulator.serving.doors import Doors
from simulator.serving.server import Door
from simulator.smpp.consts import CommandStatus
from simulator.smpp.events import Notice
from simulator.smpp.pdus import BindReceiver, Outbind
from simulator.wire_log import LogFile, WireLog
from tests.center.test_operator import make_operator
from tests.esme import QUIET, Esme
from tests.wire_log.capture import read_capture, read_tcp


async def any_port() -> list[trio.SocketListener]:
    return await trio.open_tcp_listeners(0, host="127.0.0.1")


async def test_an_esme_that_is_called_binds_as_a_receiver() -> None:
    operator = make_operator()
    [listener] = await any_port()
    host, port = listener.socket.getsockname()
    async with listener, trio.open_nursery() as nursery:
        await nursery.start(Doors(Door(operator, QUIET), None).serve, await any_port(), [], None)
        assert operator.call(Call(host, port, "secret"))
        with trio.fail_after(20):
            async with await listener.accept() as stream:
                esme = Esme(stream)
                notice = await esme.next(Notice)
                assert isinstance(notice, Notice)
                assert notice.pdu == Outbind("khatban", "secret")
                assert (await esme.bind(kind=BindReceiver)).command_status == CommandStatus.ESME_ROK
                assert [bind.account for bind in operator.binds] == ["panel"]
                await esme.unbind()
        nursery.cancel_scope.cancel()


async def test_an_esme_that_is_not_there_disturbs_nobody(caplog: pytest.LogCaptureFixture) -> None:
    operator = make_operator()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: a connection is refused
        async with trio.open_nursery() as nursery:
            await nursery.start(Doors(Door(operator, QUIET), None).serve, await any_port(), [], None)
            operator.call(Call("127.0.0.1", taken.getsockname()[1], ""))
            with trio.fail_after(20):
                while "no ESME at" not in caplog.text:  # noqa: ASYNC110 - a log has no event
                    await trio.sleep(0.01)
            nursery.cancel_scope.cancel()


async def test_all_that_have_come_are_accepted_in_one_turn_of_the_event_loop() -> None:
    [listener] = await any_port()
    address, served = listener.socket.getsockname(), 0

    async def serve(stream: trio.SocketStream) -> None:
        nonlocal served
        served += 1
        await stream.aclose()

    async with trio.open_nursery() as nursery:
        with contextlib.ExitStack() as clients:
            for _ in range(100):
                clients.enter_context(socket.create_connection(address))
            nursery.start_soon(accept_all, listener, serve, nursery)
            with trio.fail_after(20):
                while served == 0:
                    await trio.lowlevel.checkpoint()
                await trio.lowlevel.checkpoint()  # the rest of that turn
            assert served == 100
        nursery.cancel_scope.cancel()


async def test_a_system_without_room_is_asked_again(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    [listener] = await any_port()
    failures = iter([OSError(errno.EMFILE, "Too many open files"), ConnectionAbortedError()])
    accept = accepting._accept

    def failing(door: socket.socket) -> trio.SocketStream:
        failure = next(failures, None)
        if failure is not None:
            raise failure
        return accept(door)

    monkeypatch.setattr(accepting, "_accept", failing)
    served = trio.Event()

    async def serve(stream: trio.SocketStream) -> None:
        await stream.aclose()
        served.set()

    async with trio.open_nursery() as nursery:
        nursery.start_soon(accept_all, listener, serve, nursery)
        with socket.create_connection(listener.socket.getsockname()), trio.fail_after(20):
            await served.wait()
        nursery.cancel_scope.cancel()
    assert "no connection can be accepted for now: Too many open files" in caplog.text


def doors(log: WireLog) -> Doors:
    return Doors(Door(make_operator(), QUIET), log)


async def test_a_connection_is_logged_with_both_its_addresses(tmp_path: Path) -> None:
    log = WireLog(None, LogFile(tmp_path / "capture"), lambda: 0.0)
    [listener] = await any_port()
    async with listener:
        with socket.create_connection(listener.socket.getsockname()) as client:
            async with await listener.accept() as stream:
                assert doors(log)._connection_log(stream) is not None
                log.close()
                syn = read_tcp(read_capture(tmp_path / "capture")[0].octets)
                assert (syn.source[1], syn.destination[1]) == (
                    client.getsockname()[1],
                    listener.socket.getsockname()[1],
                )


async def test_a_peer_that_has_gone_before_it_was_met_is_not_logged(tmp_path: Path) -> None:
    log = WireLog(LogFile(tmp_path / "lines"), None, lambda: 0.0)
    [listener] = await any_port()
    async with listener:
        client = socket.create_connection(listener.socket.getsockname())
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # its close is a reset
        client.close()
        async with await listener.accept() as stream:
            assert doors(log)._connection_log(stream) is None
    log.close()
