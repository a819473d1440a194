"""`/faults`: what goes wrong at the operator on purpose."""

from typing import Any, ClassVar

from khatban_client.http import as_values
from khatban_client.resource import Resource
from khatban_client.value import Value


class FaultOn(Value):
    """A fault that is on: its name and parameters, how often it has bitten, seconds until its span is over."""

    id: int
    fault: dict[str, Any]
    bites: int
    remaining: float | None


class Faults(Resource):
    """The faults of an operator."""

    path: ClassVar[str] = "/faults"

    def switch_on(self, name: str, **parameters: Any) -> int:
        """Switches a fault on; the number by which it is switched off.

        Args:
            name: Such as `late-response`.
            parameters: Its own, and `scope`, `share`, `count`, `span` as wanted.
        """
        return self._http.ask_number("POST", self.path, "id", body={"name": name, **parameters})

    def switch_off(self, number: int) -> None:
        """Switches one off."""
        self._http.ask("DELETE", f"{self.path}/{number}")

    def switch_all_off(self) -> None:
        """Switches all off."""
        self._http.ask("DELETE", self.path)

    def on(self) -> list[FaultOn]:
        """What is on."""
        return as_values(FaultOn, self._http.ask_table("GET", self.path).get("on"), f"GET {self.path}")

    def catalogue(self) -> list[dict[str, Any]]:
        """Every fault that there is, with its parameters."""
        return list(self._http.ask_table("GET", self.path).get("catalogue", ()))
