"""`/api/v1/accounts`: who may send, how often he is bound, and what he can still pay."""

from fastapi import APIRouter
from pydantic import BaseModel, Field

from simulator.admin.problems import ProblemError, problem
from simulator.center.operator import Operator


class AccountForm(BaseModel):
    """An account; its password is never told."""

    system_id: str
    binds: int = Field(description="How many sessions it has now.")
    balance: int | None = Field(description="In rials; null for an account that pays later.")


def router(operator: Operator) -> APIRouter:
    """The accounts of an operator."""
    routes = APIRouter(prefix="/api/v1/accounts", tags=["accounts"])

    def form(system_id: str) -> AccountForm:
        balance = operator.registers.purses.balance(system_id)
        return AccountForm(system_id=system_id, binds=operator.binds.count(system_id), balance=balance)

    @routes.get("")
    async def list_accounts() -> list[AccountForm]:
        """All accounts, by their names."""
        return [form(system_id) for system_id in sorted(operator.registers.accounts)]

    @routes.get("/{system_id}")
    async def get_account(system_id: str) -> AccountForm:
        """One account."""
        if system_id not in operator.registers.accounts:
            raise ProblemError(problem(404, f"there is no account {system_id!r}"))
        return form(system_id)

    return routes
