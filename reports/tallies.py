"""Messages counted: how many there are of each combination of what the sections ask about.

Five million messages make some thousand combinations, so that whatever counts reads these and never the messages; a
run directory and a store give the same frame.
"""

from typing import Final

import pandas as pd

COLUMNS: Final = (
    dict.fromkeys(("account", "line", "line_type", "operator", "command_status", "state"), "str")
    | dict.fromkeys(("outcome", "rule", "clause"), "str")
    | {"violation": "bool"}
    | dict.fromkeys(("label", "category", "recipient", "day"), "str")
    | {"hour": "int64"}
)
"""What is told apart. `day` (ISO 8601) and `hour` (0 to 23) are Tehran's; `recipient` is as in `measures`."""


def tallied(messages: pd.DataFrame) -> pd.DataFrame:
    """Counts messages.

    Args:
        messages: One row a message, or already a combination with `messages` in it; has every column of `COLUMNS`.

    Returns:
        One row a combination that occurs, in the order of its first message, `messages` its count.
    """
    counted = messages if "messages" in messages else messages.assign(messages=1)
    groups = counted.groupby(list(COLUMNS), dropna=False, sort=False, observed=True)
    return groups["messages"].sum().reset_index().astype({**COLUMNS, "messages": "int64"})


def summed(tallies: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """One row a combination of the columns `by`, sorted by them.

    Returns:
        The columns `by`, then `messages`, `accepted`, `refused` and `violations`, all counts of messages.
    """
    count = tallies["messages"]
    counts = pd.DataFrame(
        {
            "messages": count,
            "accepted": count.where(tallies["outcome"] == "accepted", 0),
            "refused": count.where(tallies["outcome"] == "refused", 0),
            "violations": count.where(tallies["violation"], 0),
        }
    )
    return counts.groupby([tallies[name] for name in by]).sum().astype("int64").reset_index()
