"""An account that pays beforehand sends what it can pay."""

from simulator.policy.rule import PASSED, Example, Finding, Rule, Sent, Submission, passed, refusal
from simulator.profiles.profile import Profile


def _judge(submission: Submission, _profile: Profile) -> Finding:
    cost, balance = submission.cost, submission.balance
    if not cost or balance is None:
        return PASSED
    facts = {"cost": f"{cost} rials", "balance": f"{balance} rials"}
    return passed(**facts) if cost <= balance else refusal("account.credit", **facts)


_LINE, _MCI, _IRANCELL = "3000200020", "09129990001", "09359990001"
_LATIN = "Order 45821 is sent. Nemooneh Co"
_SHORT = "سفارش ۴۵۸۲۱ شما ارسال شد. فروشگاه نمونه"
_LONG = f"{_SHORT} " + "پیک تا ساعت هجده امروز می‌رسد؛ لطفاً کارت شناسایی همراه داشته باشید. " * 2


def _world(balance: int | None) -> dict[str, object]:
    account = {"system_id": "panel", "password": "panel"} | ({} if balance is None else {"balance": balance})
    tariff = {"persian": 1000, "latin": 2200, "by_operator": {"irancell": 1.1}}
    return {"accounts": [account], "profile": {"tariff": tariff}}


RULE = Rule(
    id="empty-balance",
    title="A message that its account cannot pay",
    rationale="What is paid beforehand is used up at some time; then nothing is sent until somebody pays in.",
    clauses=("account.credit",),
    judge=_judge,
    examples=(
        Example("a rial short", Sent(_LINE, _MCI, _SHORT), is_refused=True, world=_world(999)),
        Example("enough for one part of three", Sent(_LINE, _MCI, _LONG), is_refused=True, world=_world(2500)),
        Example("an operator that costs more", Sent(_LINE, _IRANCELL, _SHORT), is_refused=True, world=_world(1000)),
        Example(
            "Latin letters, which cost more",
            Sent(_LINE, _MCI, _LATIN),
            is_refused=True,
            world=_world(2000),
        ),
        Example(
            "the second of two, when there was enough for one",
            Sent(_LINE, _MCI, _SHORT),
            is_refused=True,
            world=_world(1500),
            after=(Sent(_LINE, _MCI, _SHORT),),
        ),
        Example("just enough", Sent(_LINE, _MCI, _SHORT), is_refused=False, world=_world(1000)),
        Example("an account that pays later", Sent(_LINE, _MCI, _LONG), is_refused=False, world=_world(None)),
    ),
)
