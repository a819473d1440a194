"""The measures that more than one section speaks of, each defined once: coverage, leakage, over-blocking, failures."""

from typing import Final

import pandas as pd

from reports.run import Run

ADVERTISING_RULES: Final = (
    "service-advertising",
    "service-advertising-to-blacklisted",
    "promotion-to-blacklisted",
    "promotion-outside-hours",
)
"""The rules that are about advertising, which a service text is not."""
SERVICE_LINES: Final = ("dedicated_service", "shared_service", "samantel")


def citations(run: Run) -> pd.DataFrame:
    """One row a (clause, scenario that cites it), in the order of the run: clause, scenario, verdict."""
    cited = run.results[["clauses", "id", "verdict"]].explode("clauses").dropna(subset="clauses")
    return cited.set_axis(["clause", "scenario", "verdict"], axis=1).drop_duplicates(ignore_index=True)


def coverage(run: Run) -> pd.DataFrame:
    """One row a clause: the catalogue's columns, `scenarios` (how many cite it), `passed` (how many of them), `status`.

    `status` is `untested` where no scenario cites the clause, `shown` where all that cite it PASS, `not shown`
    otherwise. Clauses that a scenario cites but the catalogue does not have come last, with status `unknown`.
    """
    cited = citations(run)
    counts = pd.DataFrame(
        {
            "scenarios": cited.groupby("clause").size(),
            "passed": cited[cited["verdict"] == "PASS"].groupby("clause").size(),
        }
    )
    strange = [clause for clause in dict.fromkeys(cited["clause"]) if clause not in set(run.clauses["id"])]
    table = pd.concat([run.clauses, pd.DataFrame({"id": pd.Series(strange, dtype="str")})], ignore_index=True)
    table = (
        table.join(counts, on="id")
        .fillna({"scenarios": 0, "passed": 0})
        .astype({"scenarios": "int64", "passed": "int64"})
    )
    table["status"] = "not shown"
    table.loc[table["scenarios"] == table["passed"], "status"] = "shown"
    table.loc[table["scenarios"] == 0, "status"] = "untested"
    table.loc[table["id"].isin(strange), "status"] = "unknown"
    return table


def leaks(messages: pd.DataFrame) -> pd.DataFrame:
    """The rows that must not be: advertising accepted for a recipient on the blacklist, on any line.

    Advertising is whatever a promotional line carries, and a text labelled promotional on any other line.

    Args:
        messages: `Run.messages` or `Run.tallies`.
    """
    advertising = (messages["line_type"] == "promotional") | (messages["label"] == "promotional")
    accepted = messages["outcome"] == "accepted"
    return messages[advertising & accepted & (messages["recipient"] == "blacklisted")]


def overblocked(messages: pd.DataFrame) -> pd.DataFrame:
    """The rows of service texts on a service line that a rule about advertising refused all the same.

    Whether the label is right is the classifier's affair; what the operator says of one text must agree with itself.

    Args:
        messages: `Run.messages` or `Run.tallies`.
    """
    service = messages["line_type"].isin(SERVICE_LINES) & (messages["label"] == "service")
    refused = (messages["outcome"] == "refused") & messages["rule"].isin(ADVERTISING_RULES)
    return messages[service & refused]


def total(tallies: pd.DataFrame) -> int:
    """How many messages the rows of `Run.tallies` stand for."""
    return int(tallies["messages"].sum())


def judged(run: Run) -> int:
    """For how many messages a rule told whether the recipient was on the blacklist."""
    return total(run.tallies[run.tallies["recipient"] != "not looked at"])
