"""Everything that a scenario can do or expect, in the order in which the language's description shows it."""

from harness.step import Step
from harness.steps.bind import Bind
from harness.steps.change import Change
from harness.steps.expect_line import ExpectLine
from harness.steps.expect_mo import ExpectMo
from harness.steps.expect_nothing import ExpectNothing
from harness.steps.expect_receipt import ExpectReceipt
from harness.steps.expect_request import ExpectRequest
from harness.steps.expect_response import ExpectResponse
from harness.steps.expect_verdict import ExpectVerdict
from harness.steps.jump import Jump
from harness.steps.mo import Mo
from harness.steps.submit import Submit
from harness.steps.unbind import Unbind

STEPS: tuple[type[Step], ...] = (
    Bind,
    Submit,
    ExpectResponse,
    ExpectReceipt,
    ExpectVerdict,
    Mo,
    ExpectMo,
    Change,
    ExpectLine,
    ExpectRequest,
    Jump,
    ExpectNothing,
    Unbind,
)
