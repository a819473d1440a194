import pytest

from simulator.smpp.binding import Binding
from simulator.smpp.consts import V33, V34, V50, CommandId, CommandStatus, spoken_version
from simulator.smpp.pdus import BindTransceiver, BindTransceiverResp, GenericNack, Outbind
from simulator.smpp.states import SessionState
from simulator.smpp.tlvs import Tlv

TRX = CommandId.BIND_TRANSCEIVER


def says(version: int | None) -> BindTransceiverResp:
    return BindTransceiverResp("khatban", () if version is None else (Tlv(0x0210, bytes((version,))),))


@pytest.mark.parametrize(
    ("interface_version", "spoken"),
    [(0, V33), (0x33, V33), (0x34, V34), (0x35, V34), (0x4F, V34), (0x50, V50), (0x51, V50), (0xFF, V50)],
)
def test_a_reserved_version_goes_by_the_one_below_it(interface_version: int, spoken: int) -> None:
    assert spoken_version(interface_version) == spoken


# esme says, mc says, the mc goes by, the esme goes by
@pytest.mark.parametrize(
    ("esme", "mc", "by_mc", "by_esme"),
    [
        (0x50, 0x50, V50, V50),
        (0x34, 0x50, V34, V34),
        (0x50, 0x34, V34, V34),
        (0x33, 0x50, V33, V33),
        (0x50, None, V50, V33),  # 2.11.2: the ESME must assume that the MC takes no TLVs
    ],
)
def test_what_both_sides_speak(esme: int, mc: int | None, by_mc: int, by_esme: int) -> None:
    bind = BindTransceiver("panel", interface_version=esme)
    theirs, ours = Binding(), Binding()
    theirs.asked(TRX, bind)
    assert theirs.answers(says(mc), CommandStatus.ESME_ROK) is SessionState.BOUND_TRX
    assert (theirs.version, theirs.interface_version, theirs.system_id) == (by_mc, esme, "panel")
    assert theirs.under_way is None
    ours.under_way = TRX
    assert ours.answered(bind, TRX | 0x80000000, 0, says(mc)) is SessionState.BOUND_TRX
    assert (ours.version, ours.interface_version, ours.system_id) == (by_esme, mc or V33, "khatban")


def test_a_refusal_moves_nothing() -> None:
    binding = Binding()
    binding.asked(TRX, BindTransceiver("panel"))
    assert binding.answers(says(None), CommandStatus.ESME_RINVPASWD) is None
    binding.under_way = TRX
    assert binding.answered(BindTransceiver(), TRX | 0x80000000, CommandStatus.ESME_RINVPASWD, says(0x50)) is None
    binding.under_way = TRX
    assert binding.answered(BindTransceiver(), CommandId.GENERIC_NACK, 0, GenericNack()) is None


def test_an_outbind_says_who_calls() -> None:
    binding = Binding()
    binding.called(Outbind("khatban"))
    assert binding.system_id == "khatban"
