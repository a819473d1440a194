"""The operator's doors on real sockets: plain, behind TLS, over IPv6; in this process."""

import contextlib
import signal
import socket
import ssl
import subprocess
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import trio
import trustme

from simulator.registry.world import shipped_world
from simulator.serving import running
from simulator.serving.app import serve
from simulator.serving.config import Config, OperatorConfig, ServerSettings
from simulator.serving.running import RunningOperator
from simulator.serving.starting import Addresses, StartError
from simulator.smpp.consts import CommandStatus, TlvTag
from simulator.smpp.pdus import BindTransceiver
from simulator.smpp.tlvs import int_value
from tests.admin.loopback import call
from tests.center.test_operator import DEDICATED, FREE, ORDER
from tests.esme import Esme, message


def demo(**settings: Any) -> Config:
    server = ServerSettings.model_validate({"port": 0, "http_port": 0, **settings})
    return Config(operators=(OperatorConfig(world=shipped_world("demo"), server=server),))


@asynccontextmanager
async def operator(**settings: Any) -> AsyncIterator[Addresses]:
    """An operator on free ports, ended by cancellation."""
    send, receive = trio.open_memory_channel[Addresses](1)

    async def run() -> None:
        await serve(demo(**settings), seed=1, announce=lambda operators: send.send_nowait(operators[0].addresses))

    async with trio.open_nursery() as nursery:
        nursery.start_soon(run)
        with trio.fail_after(20):
            addresses = await receive.receive()
        yield addresses
        nursery.cancel_scope.cancel()


async def accepts(stream: trio.abc.Stream) -> None:
    async with stream:
        esme = Esme(stream)
        assert (await esme.bind()).command_status == 0
        assert (await esme.submit(DEDICATED, FREE, ORDER)).command_status == 0
        await esme.unbind()


def tls_files(folder: Path, authority: trustme.CA) -> dict[str, Any]:
    certificate = authority.issue_cert("localhost", "127.0.0.1")
    certificate.private_key_pem.write_to_path(folder / "key.pem")
    certificate.cert_chain_pems[0].write_to_path(folder / "cert.pem")
    return {"tls": {"port": 0, "certificate": folder / "cert.pem", "key": folder / "key.pem"}}


async def test_smpp_on_a_real_socket() -> None:
    async with operator() as addresses:
        assert addresses.smpps is None
        await accepts(await trio.open_tcp_stream(*addresses.smpp))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_who_has_been_told_that_it_runs_may_stop_it_at_once(number: signal.Signals) -> None:
    told: list[RunningOperator] = []

    def stop(operators: Sequence[RunningOperator]) -> None:
        told.extend(operators)
        signal.raise_signal(number)

    with trio.fail_after(20):
        await serve(demo(), seed=1, announce=stop)
    assert told


async def test_smpp_behind_tls_beside_the_plain_door(tmp_path: Path) -> None:
    authority = trustme.CA()
    async with operator(**tls_files(tmp_path, authority)) as addresses:
        assert addresses.smpps is not None
        context = ssl.create_default_context()
        authority.configure_trust(context)
        stream = await trio.open_ssl_over_tcp_stream("localhost", addresses.smpps[1], ssl_context=context)
        await accepts(stream)
        await accepts(await trio.open_tcp_stream(*addresses.smpp))


async def test_plain_smpp_on_the_tls_port_ends_that_connection_only(tmp_path: Path) -> None:
    async with operator(**tls_files(tmp_path, trustme.CA())) as addresses:
        assert addresses.smpps is not None
        stray = await trio.open_tcp_stream(*addresses.smpps)
        await stray.send_all(b"\0\0\0\x10\0\0\0\x15\0\0\0\0\0\0\0\1")
        with contextlib.suppress(trio.BrokenResourceError):
            while await stray.receive_some():
                pass
        await stray.aclose()
        await accepts(await trio.open_tcp_stream(*addresses.smpp))


async def test_an_esme_at_5_0_is_told_how_busy_the_operator_is() -> None:
    async with operator(congestion=85) as addresses, await trio.open_tcp_stream(*addresses.smpp) as stream:
        esme = Esme(stream)
        await esme.send(BindTransceiver(system_id="panel", password="panel", interface_version=0x50))
        await esme.response()
        answer = await esme.submit(DEDICATED, FREE, ORDER)
        assert answer.pdu is not None
        assert int_value(answer.pdu.tlvs, TlvTag.CONGESTION_STATE) == 85


@pytest.mark.parametrize(("strict", "status"), [(True, CommandStatus.ESME_RINVPRTFLG), (False, CommandStatus.ESME_ROK)])
async def test_reserved_values_are_refused_or_taken_as_configured(strict: bool, status: CommandStatus) -> None:
    async with operator(strict=strict) as addresses, await trio.open_tcp_stream(*addresses.smpp) as stream:
        esme = Esme(stream)
        await esme.bind()
        await esme.send(message(DEDICATED, FREE, ORDER)._replace(priority_flag=9))
        assert (await esme.response()).command_status == status


@pytest.mark.skipif(not socket.has_ipv6, reason="this machine has no IPv6")
async def test_ipv6() -> None:
    async with operator(host="::1") as addresses:
        assert addresses.smpp[0] == "::1"
        await accepts(await trio.open_tcp_stream("::1", addresses.smpp[1]))


async def test_a_certificate_that_cannot_be_used_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "cert.pem").write_text("no certificate")
    tls = {"port": 0, "certificate": tmp_path / "cert.pem", "key": tmp_path / "nothing.pem"}
    with pytest.raises(StartError, match="cannot use the certificate"):
        await serve(demo(tls=tls), seed=1, announce=print)


async def test_a_ready_file_that_cannot_be_written_stops_the_start(tmp_path: Path) -> None:
    ready = tmp_path / "nowhere" / "ready.json"
    with pytest.raises(StartError, match="cannot write the ready file"):
        await serve(demo(), seed=1, announce=print, ready_file=ready)


async def test_http_beyond_this_machine_needs_a_token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # A test listens on loopback only, so one of its addresses is taken for one that others reach.
    monkeypatch.setattr(running, "is_loopback", lambda address: address != "127.0.0.1")
    with pytest.raises(StartError, match=r"others would reach HTTP at 127\.0\.0\.1, and need a token"):
        await serve(demo(), seed=1, announce=print)
    async with operator(http_host="127.0.0.2") as addresses:
        assert (addresses.smpp[0], addresses.http[0]) == ("127.0.0.1", "127.0.0.2")
    token = tmp_path / "token"
    token.write_text("0123456789abcdef\n")
    async with operator(http_token_file=token) as addresses:
        port = addresses.http[1]
        assert (await call(port, "GET", "/api/v1/clock")).status == 401
        shown = {"authorization": "Bearer 0123456789abcdef"}
        assert (await call(port, "GET", "/api/v1/clock", headers=shown)).status == 200


async def test_a_token_that_cannot_be_used_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(StartError, match=r"cannot use the token of HTTP: .*nothing: No such file"):
        await serve(demo(http_token_file=tmp_path / "nothing"), seed=1, announce=print)


def test_the_start_does_not_wait_for_what_only_http_needs() -> None:
    late = {"fastapi", "hypercorn", "prometheus_client"}
    code = f"import sys, simulator.serving.app; print(*sorted({late!r} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "\n"
