"""The composition root's parts that a process of its own does not show."""

import socket
import struct
from pathlib import Path

import trio

from simulator.app import _connection_log
from simulator.wire_log import LogFile, WireLog
from tests.wire_log.capture import read_capture, read_tcp


async def test_a_connection_is_logged_with_both_its_addresses(tmp_path: Path) -> None:
    log = WireLog(None, LogFile(tmp_path / "capture"), lambda: 0.0)
    [listener] = await trio.open_tcp_listeners(0, host="127.0.0.1")
    async with listener:
        with socket.create_connection(listener.socket.getsockname()) as client:
            async with await listener.accept() as stream:
                assert _connection_log(log, stream.socket, 100) is not None
                log.close()
                syn = read_tcp(read_capture(tmp_path / "capture")[0].octets)
                assert (syn.source[1], syn.destination[1]) == (
                    client.getsockname()[1],
                    listener.socket.getsockname()[1],
                )


async def test_a_peer_that_has_gone_before_it_was_met_is_not_logged(tmp_path: Path) -> None:
    log = WireLog(LogFile(tmp_path / "lines"), None, lambda: 0.0)
    [listener] = await trio.open_tcp_listeners(0, host="127.0.0.1")
    async with listener:
        client = socket.create_connection(listener.socket.getsockname())
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # its close is a reset
        client.close()
        async with await listener.accept() as stream:
            assert _connection_log(log, stream.socket, 100) is None
    log.close()
