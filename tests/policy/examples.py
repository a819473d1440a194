"""Sends the examples of rules, each to a message centre of its own: the demo world with what the example changes."""

import datetime

from simulator.center.message_center import MessageCenter
from simulator.delivery.binds import Bind, Binds
from simulator.delivery.en_route import EnRoute
from simulator.messages import Verdict
from simulator.numbers.numbering import TEHRAN
from simulator.policy.check import check_world
from simulator.policy.rule import Example, Sent
from simulator.registry.world import build_world
from simulator.smpp.consts import V50, TlvTag
from simulator.smpp.pdus import Pdu, SmeAddress, SubmitMulti
from simulator.smpp.states import SessionState
from simulator.smpp.text import encode_text
from simulator.smpp.tlvs import build
from simulator.store import Store
from tests.esme import NOBODY


class _Session:
    """A bound session on which nothing is ever sent: an example is judged, and no more."""

    state = SessionState.BOUND_TX
    interface_version = V50
    window_in = None
    unanswered = outstanding = window_room = 0

    def send_request(self, pdu: Pdu, now: float) -> int:
        raise NotImplementedError(f"{pdu} at {now}")


class _Sender:
    """The account `panel`, whose messages come at the moments that they name."""

    def __init__(self, example: Example) -> None:
        world = check_world(build_world({"extends": "demo", **example.world}))
        self._center = MessageCenter(world, Store(), Binds(), EnRoute(lambda: None), 0)
        self._bind = Bind("panel", _Session(), NOBODY, lambda: None, lambda: None)

    def send(self, sent: Sent) -> Verdict:
        now = moment(sent)
        self._center.advance(now, now)
        data_coding, octets = encode_text(sent.text)
        call = SubmitMulti(
            source_addr=sent.source,
            dest_address=tuple(SmeAddress(destination_addr=to) for to in (sent.to, *sent.also_to)),
            data_coding=data_coding,
            tlvs=(build(TlvTag.MESSAGE_PAYLOAD, octets),),
        )
        verdict = self._center.submit_multi(self._bind, call, b"", now)[0][1].verdict
        assert verdict is not None
        return verdict


def moment(sent: Sent) -> float:
    """When a message is sent, POSIX seconds."""
    return datetime.datetime.fromisoformat(sent.at).replace(tzinfo=TEHRAN).timestamp()


def verdicts(example: Example) -> tuple[list[Verdict], Verdict]:
    """What is said of the messages before that of the example, and of that."""
    sender = _Sender(example)
    return [sender.send(sent) for sent in example.after], sender.send(example.message)
