import pytest

from simulator.smpp.consts import CommandStatus
from simulator.smpp.fields import Group
from simulator.smpp.groups import MemberError, make_reader, make_writer
from simulator.smpp.pdus import DistributionList, SmeAddress, UnsuccessSme
from tests.smpp.helpers import octets

MIXED = Group(
    "number_of_dests",
    CommandStatus.ESME_RINVNUMDESTS,
    (SmeAddress, DistributionList),
    "dest_flag",
    CommandStatus.ESME_RINVDESTFLAG,
)
PLAIN = Group("no_unsuccess", CommandStatus.ESME_RINVCMDLEN, (UnsuccessSme,))


def test_structures_of_two_kinds_have_a_flag_each() -> None:
    wire = octets("02", "02 6c00", "01 01 01 3900")
    members = (DistributionList("l"), SmeAddress(1, 1, "9"))
    assert make_reader(MIXED)(b"xx" + wire + b"rest", 2) == (members, 2 + len(wire))
    assert make_writer(MIXED)(members) == wire


def test_structures_of_one_kind_have_none() -> None:
    wire = octets("01", "01 01 3900 00000401")
    assert make_reader(PLAIN)(wire, 0) == ((UnsuccessSme(1, 1, "9", 0x401),), len(wire))
    assert make_writer(PLAIN)((UnsuccessSme(1, 1, "9", 0x401),)) == wire


def test_no_structures_are_one_octet() -> None:
    assert make_reader(PLAIN)(b"\0", 0) == ((), 1)
    assert make_writer(PLAIN)(()) == b"\0"


def test_what_is_broken_is_named_inside_the_group() -> None:
    with pytest.raises(MemberError) as caught:
        make_reader(PLAIN)(octets("02", "01 01 3900 00000401", "01 01 39"), 0)
    assert (caught.value.where, caught.value.command_status) == ("[1].destination_addr", CommandStatus.ESME_RINVDSTADR)
    with pytest.raises(IndexError):
        make_reader(PLAIN)(b"", 0)
