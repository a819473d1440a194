"""Everything that a scenario can do or expect, in the order in which the language's description shows it."""

from harness.step import Step
from harness.steps.behave import Behave
from harness.steps.bind import Bind
from harness.steps.cancel import Cancel
from harness.steps.change import Change
from harness.steps.connect import Connect
from harness.steps.disconnect import Disconnect
from harness.steps.end_faults import EndFaults
from harness.steps.enquire_link import EnquireLink
from harness.steps.expect_closed import ExpectClosed
from harness.steps.expect_faults import ExpectFaults
from harness.steps.expect_line import ExpectLine
from harness.steps.expect_messages import ExpectMessages
from harness.steps.expect_mo import ExpectMo
from harness.steps.expect_nothing import ExpectNothing
from harness.steps.expect_pdu import ExpectPdu
from harness.steps.expect_receipt import ExpectReceipt
from harness.steps.expect_request import ExpectRequest
from harness.steps.expect_response import ExpectResponse
from harness.steps.expect_silence import ExpectSilence
from harness.steps.expect_verdict import ExpectVerdict
from harness.steps.expect_violations import ExpectViolations
from harness.steps.explain import Explain
from harness.steps.fault import Fault
from harness.steps.jump import Jump
from harness.steps.mo import Mo
from harness.steps.outbind import Outbind
from harness.steps.query import Query
from harness.steps.replace import Replace
from harness.steps.send import Send
from harness.steps.submit import Submit
from harness.steps.unbind import Unbind
from harness.steps.wait import Wait

STEPS: tuple[type[Step], ...] = (
    Bind,
    Submit,
    ExpectResponse,
    ExpectReceipt,
    ExpectVerdict,
    Mo,
    ExpectMo,
    Query,
    Cancel,
    Replace,
    EnquireLink,
    Unbind,
    Disconnect,
    ExpectClosed,
    ExpectNothing,
    Jump,
    Wait,
    Change,
    Explain,
    ExpectLine,
    ExpectRequest,
    ExpectMessages,
    ExpectViolations,
    Fault,
    ExpectFaults,
    EndFaults,
    Connect,
    Outbind,
    Send,
    ExpectPdu,
    ExpectSilence,
    Behave,
)
