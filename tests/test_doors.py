"""The SMPP doors where a process of its own does not show them."""

import socket
import struct
from pathlib import Path

import trio

from simulator.doors import Doors
from simulator.server import Door
from simulator.wire_log import LogFile, WireLog
from tests.esme import QUIET
from tests.test_operator import make_operator
from tests.wire_log.capture import read_capture, read_tcp


def doors(log: WireLog) -> Doors:
    return Doors(Door(make_operator(), QUIET), log)


async def test_a_connection_is_logged_with_both_its_addresses(tmp_path: Path) -> None:
    log = WireLog(None, LogFile(tmp_path / "capture"), lambda: 0.0)
    [listener] = await trio.open_tcp_listeners(0, host="127.0.0.1")
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
    [listener] = await trio.open_tcp_listeners(0, host="127.0.0.1")
    async with listener:
        client = socket.create_connection(listener.socket.getsockname())
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # its close is a reset
        client.close()
        async with await listener.accept() as stream:
            assert doors(log)._connection_log(stream) is None
    log.close()
