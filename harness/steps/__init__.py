"""Everything that a scenario can do or expect, in the order in which the language's description shows it."""

from harness.step import Step
from harness.steps.bind import Bind
from harness.steps.expect_nothing import ExpectNothing
from harness.steps.expect_receipt import ExpectReceipt
from harness.steps.expect_response import ExpectResponse
from harness.steps.expect_verdict import ExpectVerdict
from harness.steps.submit import Submit
from harness.steps.unbind import Unbind

STEPS: tuple[type[Step], ...] = (Bind, Submit, ExpectResponse, ExpectReceipt, ExpectVerdict, ExpectNothing, Unbind)
