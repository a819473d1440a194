"""The operator under test as a process of the runner's, and the HTTP side that the harness has of it."""

import khatban_client.process
from harness.operator_api import OperatorApi
from khatban_client.process import StartError

__all__ = ["OperatorProcess", "StartError"]


class OperatorProcess(khatban_client.process.OperatorProcess):
    """One operator in a child process; see its base."""

    @property
    def api(self) -> OperatorApi:
        """The operator's HTTP side.

        Raises:
            StartError: It is not running.
        """
        return OperatorApi(self.operator)
