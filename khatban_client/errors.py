"""How the client says no: the operator cannot be reached, does not answer as documented, or refuses with a reason."""

from khatban_client.value import Value


class Fault(Value):
    """One fault of a request: where it is (`query.<name>`, `body.<key>.<key>`), and what is wrong there."""

    path: str
    message: str


class Problem(Value):
    """Problem details (RFC 9457) as the operator gives them; all that is left out is empty."""

    type: str = "about:blank"
    title: str = ""
    status: int
    detail: str = ""
    errors: tuple[Fault, ...] = ()

    def __str__(self) -> str:
        """The detail, or else the title, and each fault with its path, in a line."""
        return "; ".join([self.detail or self.title, *(f"{fault.path}: {fault.message}" for fault in self.errors)])


class OperatorError(Exception):
    """The operator is gone, does not answer, answers otherwise than documented, or refuses; says which call and why."""


class RefusedError(OperatorError):
    """The operator refuses a call, with the problem that it told.

    Attributes:
        problem: What it told, `problem.errors` with every fault and its path.
    """

    def __init__(self, call: str, problem: Problem) -> None:
        self.problem = problem
        super().__init__(f"{call}: {problem.status} {problem}".rstrip())

    @property
    def status(self) -> int:
        """The HTTP status: 404 there is no such thing, 409 not as things are now, 422 never."""
        return self.problem.status
