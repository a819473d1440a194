"""What each account can still pay, in rials; an account without a balance pays later and is never refused."""

from collections.abc import Mapping


class Purses:
    """The balances of all accounts."""

    def __init__(self, balances: Mapping[str, int | None]) -> None:
        """`balances` by account; None for one that pays later."""
        self._balances = dict(balances)

    def balance(self, account: str) -> int | None:
        """What an account has; None if it pays later."""
        return self._balances.get(account)

    def can_pay(self, account: str, rials: int) -> bool:
        """Whether an account can pay so much."""
        balance = self._balances.get(account)
        return balance is None or balance >= rials

    def add(self, account: str, rials: int) -> None:
        """Gives to an account, or takes from it what is below zero."""
        balance = self._balances.get(account)
        if balance is not None:
            self._balances[account] = balance + rials
