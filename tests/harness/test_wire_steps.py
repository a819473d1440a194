"""Steps that say what is on the wire, against a client that can say and show anything."""

from typing import Any

import pytest
from pydantic import ValidationError

from harness.driver import Capability
from harness.stage import Stage
from harness.step import Unmet
from tests.harness.fakes import FakeDriver, FakeOperator, bound_stage, react_bound, response, step, submitted


def pdu(name: str, status: int = 0, number: int = 1, **fields: Any) -> dict[str, Any]:
    head = {"event": "pdu", "name": name, "command_status": status, "sequence_number": number}
    return head | {"fields": fields}


def wire(*answers: dict[str, Any]) -> FakeDriver:
    """A client that connects, and gets these answers to the first thing that it sends."""
    left = list(answers)

    def react(command: dict[str, Any]) -> list[dict[str, Any]]:
        match command["command"]:
            case "open":
                return [{"event": "opened"}]
            case "listen":
                return [{"event": "listening", "host": "127.0.0.1", "port": 4711}, {"event": "opened"}]
            case "behave":
                return [{"event": "behaving"}]
            case "send_pdu" | "send_octets":
                came, left[:] = list(left), []
                return [{"event": "sent", "pdu": command.get("name", "")}, *came]
            case _:
                return react_bound(command)

    return FakeDriver(react)


def connected(driver: FakeDriver, operator: FakeOperator | None = None) -> Stage:
    stage = bound_stage(driver, operator or FakeOperator())
    stage.session().left = True
    assert step("connect").run(stage) is None
    return stage


def sent(**fields: Any) -> dict[str, Any]:
    driver = wire()
    assert step("send", **fields).run(connected(driver)) is None
    return driver.commands[-1]


def test_a_pdu_is_sent_by_name_with_its_values() -> None:
    fields = {"source_addr": "3000200020", "data_coding": "0x08", "registered_delivery": "1"}
    command = sent(
        pdu="submit_sm", fields=fields, text="سلام", tlvs=[{"user_message_reference": "7"}, {"0x1401": "0a"}]
    )
    assert command == {
        "command": "send_pdu",
        "session": "1.2",
        "name": "submit_sm",
        "fields": {
            "source_addr": "3000200020",
            "data_coding": 8,
            "registered_delivery": 1,
            "short_message": "0633064406270645",
        },
        "tlvs": [{"tag": 0x0204, "value": "0007"}, {"tag": 0x1401, "value": "0a"}],
        "command_status": 0,
    }


@pytest.mark.parametrize(
    ("bent", "octets"),
    [
        ({"length": "15"}, "0000000f000000150000000000000007"),
        ({"cut": "4"}, "0000000c0000001500000000"),
        ({"append": "ff ff"}, "00000012000000150000000000000007ffff"),
        ({"append": "ff", "length": "16"}, "00000010000000150000000000000007ff"),
    ],
)
def test_a_pdu_may_be_bent(bent: dict[str, str], octets: str) -> None:
    command = sent(pdu="enquire_link", sequence_number="7", **bent)
    assert (command["command"], command["octets"]) == ("send_octets", octets)


def test_octets_are_sent_as_they_are() -> None:
    assert sent(octets="00 00 00 10 DE AD")["octets"] == "00000010dead"


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({}, "either `pdu` or `octets`"),
        ({"pdu": "submit_sm", "octets": "00"}, "either `pdu` or `octets`"),
        ({"octets": "00", "status": "ESME_ROK"}, "octets are sent as they are"),
        ({"octets": "0"}, "octets: '0' are no hexadecimal digits"),
        ({"pdu": "submit_sn"}, "there is no PDU 'submit_sn'; did you mean 'submit_sm'"),
        ({"pdu": "unbind", "text": "x"}, "text: unbind has no short_message"),
        ({"pdu": "submit_sm", "fields": {"sorce_addr": "1"}}, "no field 'sorce_addr' here; did you mean 'source_addr'"),
        ({"pdu": "submit_sm", "fields": {"data_coding": "eight"}}, "data_coding: 'eight' is no number"),
        ({"pdu": "submit_sm", "fields": {"data_coding": "300"}}, "data_coding: 300 is not within 0 to 255"),
        ({"pdu": "submit_sm", "fields": {"source_addr": ["1"]}}, "source_addr: expected a text"),
        ({"pdu": "submit_sm", "text": "سلام"}, "data_coding 0 cannot write 'سلام'"),
        ({"pdu": "submit_sm", "tlvs": {"sar_msg_ref_num": "1"}}, "expected a list of TLVs"),
        ({"pdu": "submit_sm", "tlvs": [{"sar_mgs_ref_num": "1"}]}, "no TLV 'sar_mgs_ref_num'; did you mean"),
        ({"pdu": "submit_sm", "tlvs": [{"sar_msg_ref_num": "70000"}]}, "70000 does not fit in 2 octets"),
        ({"pdu": "submit_multi", "fields": {"dest_address": "98912"}}, "dest_address: expected a list of mappings"),
    ],
)
def test_what_cannot_be_sent_is_refused_before_anything_runs(fields: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ValidationError, match=complaint.replace("?", r"\?")):
        step("send", **fields)


def test_a_structure_is_of_the_kind_that_has_its_fields() -> None:
    members = [{"destination_addr": "989123456701", "dest_addr_ton": "1"}, {"dl_name": "customers"}]
    command = sent(pdu="submit_multi", fields={"dest_address": members})
    assert command["fields"] == {
        "dest_address": [{"destination_addr": "989123456701", "dest_addr_ton": 1}, {"dl_name": "customers"}]
    }


def test_a_pdu_is_expected_by_its_values() -> None:
    stage = connected(wire(pdu("generic_nack", 3, 9), pdu("submit_sm_resp", 0, 1, message_id="0000000001")))
    step("send", octets="00").run(stage)
    assert step("expect_pdu", pdu="submit_sm_resp", fields={"message_id": "0000000001"}).run(stage) is None
    outcome = step("expect_pdu", pdu="generic_nack", status="ESME_RINVCMDLEN", sequence_number="8").run(stage)
    assert outcome == Unmet(
        ("generic_nack with ESME_RINVCMDLEN", "sequence_number 8"), "ESME_RINVCMDID; sequence_number 9"
    )
    assert step("expect_silence", **{"for": "1s"}).run(stage) is None, "both were looked at"


def test_tlvs_are_expected_to_be_there_or_not() -> None:
    came = pdu("deliver_sm") | {"tlvs": [{"tag": 0x0427, "value": "02"}]}
    stage = connected(wire(came, came))
    step("send", octets="00").run(stage)
    assert step("expect_pdu", pdu="deliver_sm", tlvs=[{"message_state": "2"}]).run(stage) is None
    outcome = step("expect_pdu", pdu="deliver_sm", tlvs=[{"message_state": "5"}], absent=["message_state"]).run(stage)
    assert outcome == Unmet(
        ("TLV message_state 05", "no TLV message_state"), "TLVs message_state 02; TLVs message_state 02"
    )


def test_a_pdu_that_does_not_come_is_told_with_what_came() -> None:
    stage = connected(wire(pdu("generic_nack", 3, 9), {"event": "closed", "reason": "gone"}))
    step("send", octets="00").run(stage)
    outcome = step("expect_pdu", pdu="submit_sm_resp").run(stage)
    assert outcome == Unmet(("submit_sm_resp",), "generic_nack ESME_RINVCMDID; the connection ended: gone")


def test_silence_is_broken_by_anything() -> None:
    stage = connected(wire(pdu("enquire_link") | {"told": True}, {"event": "enquire_link"}))
    step("send", octets="00").run(stage)
    assert step("expect_silence", **{"for": "1s"}).run(stage) == Unmet(("silence for 1 s",), "enquire_link ESME_ROK")
    assert step("expect_nothing", **{"for": "1s"}).run(stage) is None, "for which enquire_link is nothing"


def test_who_has_looked_at_a_pdu_has_looked_at_the_event_that_tells_it_again() -> None:
    told = [pdu("submit_sm_resp") | {"told": True}, response("1", 0, "1")]
    stage = submitted(FakeDriver(lambda command: [*react_bound(command), *(told * (command["command"] == "submit"))]))
    assert step("expect_pdu", pdu="submit_sm_resp").run(stage) is None
    assert step("expect_nothing", **{"for": "1s"}).run(stage) is None
    stage = submitted(FakeDriver(lambda command: [*react_bound(command), *(told * (command["command"] == "submit"))]))
    assert step("expect_response", status="ESME_ROK").run(stage) is None
    assert step("expect_silence", **{"for": "1s"}).run(stage) is None


def test_an_end_is_expected_in_real_time() -> None:
    driver = wire()
    stage = connected(driver)
    driver.later = [(1.5, {"event": "closed", "reason": "session_init_timer"})]
    assert step("expect_closed", within="2s").run(stage) is None
    assert step("expect_closed", within="2s").run(connected(wire())) == Unmet(
        ("the connection ends within 2 s",), "it is still there"
    )


def test_the_client_behaves_as_told() -> None:
    driver = wire()
    stage = connected(driver)
    assert step("behave", unanswered=["enquire_link"], answers={"deliver_sm": "ESME_RX_T_APPN"}).run(stage) is None
    told = {"unanswered": ["enquire_link"], "answers": {"deliver_sm": 0x64}, "reads": True}
    assert driver.commands[-1] == {"command": "behave", "session": "1.2", **told}
    with pytest.raises(ValidationError, match="Input should be 'enquire_link'"):
        step("behave", unanswered=["submit_sm"])


def test_the_operator_calls_a_client_that_listens() -> None:
    driver, operator = wire(), FakeOperator()
    stage = bound_stage(driver, operator)
    assert step("outbind", password="secret").run(stage) is None
    assert operator.asked == [("127.0.0.1", 4711, "secret")]


ANSWERS: dict[str, list[dict[str, Any]]] = {
    "query": [pdu("query_sm_resp", message_state=2, error_code=0)],
    "cancel": [pdu("cancel_sm_resp", 0x11)],
    "replace": [pdu("replace_sm_resp")],
    "enquire_link": [pdu("enquire_link_resp")],
}


def asked_about(answers: dict[str, list[dict[str, Any]]]) -> tuple[Stage, FakeDriver]:
    def react(command: dict[str, Any]) -> list[dict[str, Any]]:
        kind = command["command"]
        if kind in answers:
            return answers[kind]
        return [*react_bound(command), *([response("1", 0, "0000000001")] if kind == "submit" else [])]

    driver = FakeDriver(react)
    stage = submitted(driver)
    assert step("expect_response", status="ESME_ROK").run(stage) is None
    return stage, driver


@pytest.mark.parametrize(
    ("key", "fields", "got"),
    [
        ("query", {"state": "DELIVERED", "error_code": "0"}, None),
        ("query", {"state": "EXPIRED"}, "DELIVERED"),
        ("query", {"status": "ESME_RQUERYFAIL"}, "ESME_ROK"),
        ("cancel", {"status": "ESME_RCANCELFAIL"}, None),
        ("cancel", {}, "ESME_RCANCELFAIL"),
        ("replace", {"text": "سلام", "validity": "1h"}, None),
        ("enquire_link", {}, None),
    ],
)
def test_operations_on_a_message_expect_their_answers(key: str, fields: dict[str, str], got: str | None) -> None:
    stage, driver = asked_about(ANSWERS)
    outcome = step(key, **fields).run(stage)
    assert (outcome.got if isinstance(outcome, Unmet) else None) == got
    assert driver.commands[-1].get("message_id") == (None if key == "enquire_link" else "0000000001")
    assert step("expect_nothing", **{"for": "1s"}).run(stage) is None


@pytest.mark.parametrize("key", ["query", "cancel", "enquire_link"])
def test_an_operation_that_is_nacked_or_not_answered(key: str) -> None:
    nack = {"event": "generic_nack", "sequence_number": 1, "command_status": 3}
    outcome = step(key).run(asked_about({key: [nack]})[0])
    assert isinstance(outcome, Unmet)
    assert outcome.got == "ESME_RINVCMDID"
    outcome = step(key).run(asked_about({key: []})[0])
    assert isinstance(outcome, Unmet)
    assert outcome.got == "no answer"


@pytest.mark.parametrize(
    ("key", "fields", "needed"),
    [
        ("send", {"octets": "00"}, Capability.PDUS),
        ("expect_pdu", {"pdu": "unbind"}, Capability.PDUS),
        ("connect", {}, Capability.PDUS),
        ("query", {}, Capability.QUERY_SM),
        ("cancel", {}, Capability.CANCEL_SM),
        ("replace", {"text": "x"}, Capability.REPLACE_SM),
        ("enquire_link", {}, Capability.ENQUIRE_LINK),
        ("disconnect", {}, Capability.SESSIONS),
        ("bind", {"as": "a", "password": "b", "status": "ESME_RINVPASWD"}, Capability.SESSIONS),
        ("bind", {"as": "a", "password": "b", "fields": {"interface_version": "0x33"}}, Capability.BIND_FIELDS),
        ("submit", {"from": "1", "to": "2", "octets": "00"}, Capability.SHORT_MESSAGE),
        ("submit", {"from": "1", "to": "2", "text": "x", "fields": {"esm_class": "1"}}, Capability.ESM_CLASS),
        ("submit", {"from": "1", "to": "2", "text": "x", "pdu": "data_sm"}, Capability.DATA_SM),
        ("submit", {"from": "1", "to": "2", "text": "x", "payload": "yes"}, Capability.PAYLOAD),
    ],
)
def test_what_a_step_needs_of_a_client(key: str, fields: dict[str, Any], needed: Capability) -> None:
    assert needed in step(key, **fields).needs(())
