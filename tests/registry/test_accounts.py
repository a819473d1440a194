"""Who may bind and how fast he may send, seen from the ESME's side; in virtual time."""

import ipaddress
from typing import Any

import pytest
import trio
from hypothesis import given
from hypothesis import strategies as st

from simulator.center.failed_binds import FORGIVEN_AFTER, FREE, MAX_DELAY, FailedBinds
from simulator.profiles.profile import BindAnswers, OverloadAnswers
from simulator.registry.accounts import Account, AccountBook, BindAttempt, BindType
from simulator.registry.throttle import Throttle
from simulator.registry.world import WorldError, build_world
from simulator.smpp.consts import CommandStatus
from simulator.smpp.pdus import BindReceiver, BindTransceiver, BindTransmitter
from simulator.store import MessageQuery
from tests.center.test_operator import DEDICATED, ORDER, make_operator
from tests.center.test_operator import FREE as SUBSCRIBER
from tests.esme import connected, message

OK = CommandStatus.ESME_ROK


def account(**limits: Any) -> dict[str, Any]:
    return {"accounts": [{"system_id": "panel", "password": "panel", **limits}]}


def book(**limits: Any) -> AccountBook:
    accounts = [Account.model_validate({"system_id": "panel", "password": "panel", **limits})]
    return AccountBook(accounts, BindAnswers(), OverloadAnswers())


def attempt(**changes: Any) -> BindAttempt:
    return BindAttempt(BindType.TRANSCEIVER, "panel", "panel", "192.0.2.7")._replace(**changes)


@pytest.mark.parametrize(
    ("limits", "wish", "bound", "status"),
    [
        ({}, attempt(), 99, OK),
        ({}, attempt(system_id="nobody"), 0, CommandStatus.ESME_RINVSYSID),
        ({}, attempt(password="wrong"), 0, CommandStatus.ESME_RINVPASWD),
        ({}, attempt(password="گذرواژه"), 0, CommandStatus.ESME_RINVPASWD),
        ({"bind_types": ["receiver"]}, attempt(), 0, CommandStatus.ESME_RBINDFAIL),
        ({"bind_types": ["receiver"]}, attempt(type=BindType.RECEIVER), 0, OK),
        ({"max_binds": 2}, attempt(), 1, OK),
        ({"max_binds": 2}, attempt(), 2, CommandStatus.ESME_RALYBND),
        ({"max_binds": 2}, attempt(password="wrong"), 2, CommandStatus.ESME_RINVPASWD),
        ({"addresses": ["192.0.2.0/24"]}, attempt(), 0, OK),
        ({"addresses": ["198.51.100.0/24", "2001:db8::/32"]}, attempt(), 0, CommandStatus.ESME_RBINDFAIL),
        ({"addresses": ["198.51.100.0/24", "2001:db8::/32"]}, attempt(address="2001:db8::1%eth0"), 0, OK),
    ],
)
def test_admission(limits: dict[str, Any], wish: BindAttempt, bound: int, status: CommandStatus) -> None:
    assert book(**limits).admit(wish, bound) == status


def test_5_0_credentials_by_profile() -> None:
    answers = BindAnswers(unknown_system_id=CommandStatus.ESME_RBINDFAIL, wrong_password=CommandStatus.ESME_RBINDFAIL)
    accounts = AccountBook([Account(system_id="panel", password="panel")], answers, OverloadAnswers())
    assert accounts.admit(attempt(password="wrong"), 0) == CommandStatus.ESME_RBINDFAIL
    assert accounts.admit(attempt(system_id="nobody"), 0) == CommandStatus.ESME_RBINDFAIL


@pytest.mark.parametrize(
    ("field", "value"), [("addresses", ["nowhere"]), ("bind_types", ["both"]), ("max_binds", 0), ("window", 0)]
)
def test_an_account_that_cannot_be(field: str, value: object) -> None:
    with pytest.raises(WorldError) as caught:
        build_world({"extends": "demo", **account(**{field: value})})
    assert caught.value.errors[0][0].startswith(f"accounts[0].{field}")


def test_a_password_is_never_shown() -> None:
    assert "s3cret" not in repr(Account(system_id="panel", password="s3cret"))


@given(st.ip_addresses())
def test_an_address_is_in_its_own_network(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    own = Account.model_validate({"system_id": "a", "password": "b", "addresses": [str(address)]})
    assert own.may_come_from(str(address))


@pytest.mark.virtual_time
@pytest.mark.parametrize(
    ("kind", "allowed"), [(BindTransceiver, False), (BindTransmitter, True), (BindReceiver, False)]
)
async def test_only_the_allowed_kinds_of_bind(kind: type, allowed: bool) -> None:
    async with connected(make_operator(**account(bind_types=["transmitter"]))) as esme:
        status = (await esme.bind(kind=kind)).command_status
        assert status == (OK if allowed else CommandStatus.ESME_RBINDFAIL)


@pytest.mark.virtual_time
async def test_a_bind_that_ended_makes_room_for_another() -> None:
    operator = make_operator(**account(max_binds=1))
    async with connected(operator) as first:
        assert (await first.bind()).command_status == OK
        async with connected(operator) as second:
            assert (await second.bind()).command_status == CommandStatus.ESME_RALYBND
        await first.unbind()
    async with connected(operator) as third:
        assert (await third.bind()).command_status == OK


@pytest.mark.virtual_time
async def test_throughput_answers_throttled_and_recovers() -> None:
    operator = make_operator(**account(throughput={"rate": 10, "burst": 5}))
    async with connected(operator) as esme:
        await esme.bind()
        await esme.send(*(message(DEDICATED, SUBSCRIBER, ORDER) for _ in range(8)))
        statuses = [(await esme.response()).command_status for _ in range(8)]
        assert statuses == [OK] * 5 + [CommandStatus.ESME_RTHROTTLED] * 3
        await trio.sleep(0.35)
        await esme.send(*(message(DEDICATED, SUBSCRIBER, ORDER) for _ in range(4)))
        statuses = [(await esme.response()).command_status for _ in range(4)]
        assert statuses == [OK] * 3 + [CommandStatus.ESME_RTHROTTLED]


@pytest.mark.virtual_time
async def test_window_overrun_is_answered_and_not_stored() -> None:
    operator = make_operator(profile={"overload": {"window": "ESME_RTHROTTLED"}}, **account(window=3))
    async with connected(operator) as esme:
        await esme.bind()
        for _ in range(2):
            await esme.send(*(message(DEDICATED, SUBSCRIBER, ORDER) for _ in range(5)))
            statuses = [(await esme.response()).command_status for _ in range(5)]
            assert statuses == [OK] * 3 + [CommandStatus.ESME_RTHROTTLED] * 2
        assert operator.inquiries.count(MessageQuery()) == 6


@given(st.lists(st.floats(min_value=0, max_value=5), max_size=60))
def test_a_throttle_never_lets_more_through_than_its_rate_and_burst(pauses: list[float]) -> None:
    throttle, now, taken = Throttle(rate=3, burst=4), 100.0, 0
    for pause in pauses:
        now += pause
        taken += throttle.take(now)
        assert taken <= 4 + (now - 100.0) * 3 + 1e-6


def test_failed_binds_slow_down_by_address_and_are_forgiven() -> None:
    failed = FailedBinds()
    assert [failed.failed("a", float(second)) for second in range(FREE + 6)] == [0.0] * FREE + [
        0.5,
        1,
        2,
        4,
        8,
        MAX_DELAY,
    ]
    assert failed.failed("b", 9.0) == 0.0
    assert failed.failed("a", 9.0 + FORGIVEN_AFTER + 1) == 0.0
    for _ in range(FREE):
        failed.failed("c", 0.0)
    failed.succeeded("c")
    assert failed.failed("c", 1.0) == 0.0


@pytest.mark.virtual_time
async def test_an_esme_that_keeps_failing_waits_for_its_answers() -> None:
    async with connected(make_operator()) as esme:
        waits = []
        for _ in range(FREE + 2):
            before = trio.current_time()
            assert (await esme.bind(password="wrong")).command_status == CommandStatus.ESME_RINVPASWD
            waits.append(round(trio.current_time() - before, 3))
        assert waits == [0.0] * FREE + [0.5, 1.0]
        assert (await esme.bind()).command_status == OK
