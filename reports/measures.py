"""The measures that more than one section speaks of, each defined once: coverage, who was blacklisted, leakage."""

import pandas as pd

from reports.run import Run

BLACKLISTED, NOT_BLACKLISTED, UNKNOWN = "blacklisted", "not blacklisted", "not looked at"


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


def recipients(run: Run) -> "pd.Series[str]":
    """Whether each message's recipient was on the blacklist, as its trace says; same index as `run.messages`.

    A rule that asked the blacklist leaves the fact `blacklisted` (`yes` or `no`). Where none asked, because an earlier
    one had already refused the message or none needed to know, the answer is `not looked at`.
    """
    facts = run.trace["facts"].map(lambda facts: facts.get("blacklisted")).astype("object")
    told = run.trace.assign(recipient=facts.map(_told))[["scenario", "message", "recipient"]].dropna()
    firsts = told.drop_duplicates(["scenario", "message"]).rename(columns={"message": "id"})
    found = run.messages[["scenario", "id"]].merge(firsts, on=["scenario", "id"], how="left")["recipient"]
    return found.set_axis(run.messages.index).astype("str").fillna(UNKNOWN)


def _told(fact: object) -> str | None:
    if fact in ("yes", True):
        return BLACKLISTED
    if fact in ("no", False):
        return NOT_BLACKLISTED
    return None


def leaks(run: Run) -> pd.DataFrame:
    """The messages that must not be: advertising accepted for a recipient on the blacklist, on any line.

    Advertising is whatever a promotional line carries, and a text labelled promotional on any other line.
    """
    advertising = (run.messages["line_type"] == "promotional") | (run.messages["label"] == "promotional")
    accepted = run.messages["outcome"] == "accepted"
    return run.messages[advertising & accepted & (recipients(run) == BLACKLISTED)]
