"""Changes of accounts: money paid in."""

from typing import Annotated, Literal

from pydantic import Field

from simulator.changing.change import Change, ChangeError
from simulator.changing.changes.lines import known_account
from simulator.registry.registers import Registers


class TopUp(Change):
    """An account that pays beforehand pays in, in rials."""

    kind: Literal["top-up"] = "top-up"
    account: str
    rials: Annotated[int, Field(ge=1, le=10**15)]

    def apply(self, registers: Registers, at: float) -> None:
        """Adds to its balance."""
        del at
        known_account(registers, self.account, "account")
        if registers.purses.balance(self.account) is None:
            raise ChangeError("account", f"{self.account} pays later, and has no balance")
        registers.purses.add(self.account, self.rials)


CHANGES = (TopUp,)
