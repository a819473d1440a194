from simulator.smpp.consts import CommandId, CommandStatus
from simulator.smpp.errors import FramingError, PduError


def test_a_pdu_error_says_where_why_and_how_it_is_answered() -> None:
    error = PduError(CommandId.SUBMIT_SM, 7, CommandStatus.ESME_RINVSRCADR, "submit_sm.source_addr", "no NUL")
    assert str(error) == "submit_sm.source_addr: no NUL (ESME_RINVSRCADR, sequence_number 7)"


def test_pdu_errors_are_equal_if_all_they_say_is() -> None:
    one, same, other = (PduError(4, number, 10, "submit_sm.source_addr", "no NUL") for number in (7, 7, 8))
    assert one == same
    assert len({one, same, other}) == 2


def test_a_framing_error_says_why() -> None:
    assert (
        str(FramingError(CommandStatus.ESME_RINVCMDLEN, 0, "command_length 3")) == "command_length 3 (ESME_RINVCMDLEN)"
    )
