"""A client of the operator: over HTTP, and as a process of its own.

It stands by itself, so that it can run in anybody's process: it imports the standard library and pydantic, neither
trio nor gevent, and none of the operator's own packages, whose names another project may bear as well.
"""

from khatban_client.errors import Fault, OperatorError, Problem, RefusedError
from khatban_client.http import Address
from khatban_client.messages import Explanation, Message, Receipt, TraceStep, Verdict
from khatban_client.operator import Operator, World

__all__ = [
    "Address",
    "Explanation",
    "Fault",
    "Message",
    "Operator",
    "OperatorError",
    "Problem",
    "Receipt",
    "RefusedError",
    "TraceStep",
    "Verdict",
    "World",
]
