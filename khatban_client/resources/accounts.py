"""`/accounts`: who may send, how often each is bound, and what he can still pay."""

from typing import ClassVar
from urllib.parse import quote

from khatban_client.http import as_values
from khatban_client.resource import Resource
from khatban_client.value import Value


class Account(Value):
    """An account: its sessions now, and its balance in rials, or None if it pays later."""

    system_id: str
    binds: int
    balance: int | None


class Accounts(Resource):
    """The accounts of an operator."""

    path: ClassVar[str] = "/accounts"

    def all(self) -> list[Account]:
        """Every account, by their names."""
        return as_values(Account, self._http.ask("GET", self.path), f"GET {self.path}")

    def get(self, system_id: str) -> Account:
        """One account."""
        return self._http.read(Account, f"{self.path}/{quote(system_id, safe='')}")

    def top_up(self, system_id: str, rials: int) -> int:
        """Pays in for an account that pays beforehand; the change's number in the journal."""
        return self._change("top-up", account=system_id, rials=rials)
