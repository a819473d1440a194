"""What can be asked of the store in pages: the filters of each kind of thing, and the SQL that they become.

A filter that is None lets everything pass; of those that are given all must fit.
"""

from abc import abstractmethod
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, ClassVar, Generic, Literal, TypeVar

from simulator.messages import Fate, JournalEntry, Message, MoMessage, Mutation, Offence
from simulator.store.rows import MESSAGE, Rows, mo_of, offence_of

Found = TypeVar("Found")
Values = tuple[object, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Query(Generic[Found]):
    """A page of what fits: `limit` of them behind `offset` others, in the order of their numbers or against it.

    `since` and `until` are POSIX seconds on the operator's clock, half-open.
    """

    COLUMNS: ClassVar[str]
    TABLES: ClassVar[str]
    NUMBER: ClassVar[str]
    """The column that gives the order."""
    CONDITIONS: ClassVar[Mapping[str, str]]
    """By the name of a filter, what it asks for; its value stands for every question mark."""

    since: float | None = None
    until: float | None = None
    newest_first: bool = False
    limit: int = 100
    offset: int = 0

    @staticmethod
    @abstractmethod
    def read(row: tuple[Any, ...], rows: Rows) -> Found:
        """What a row of `COLUMNS` stands for."""

    def page_sql(self) -> tuple[str, Values]:
        """The SQL of the page, and its values."""
        condition, values = self.condition()
        order = f"ORDER BY {self.NUMBER} {'DESC' if self.newest_first else 'ASC'} LIMIT ? OFFSET ?"
        sql = f"SELECT {self.COLUMNS} FROM {self.TABLES} {condition} {order}"  # noqa: S608 - names of our own
        return sql, (*values, self.limit, self.offset)

    def count_sql(self) -> tuple[str, Values]:
        """The SQL of how many there are on all pages, and its values."""
        condition, values = self.condition()
        return f"SELECT count(*) FROM {self.TABLES} {condition}", values  # noqa: S608 - names of our own

    @classmethod
    def numbered_sql(cls, numbers: Collection[int]) -> tuple[str, Values]:
        """The SQL of those of some numbers, in their order, and its values."""
        marks = ", ".join("?" * len(numbers))
        sql = f"SELECT {cls.COLUMNS} FROM {cls.TABLES} WHERE {cls.NUMBER} IN ({marks}) ORDER BY {cls.NUMBER}"  # noqa: S608 - ours
        return sql, tuple(numbers)

    def condition(self) -> tuple[str, Values]:
        """The condition (with `WHERE`, or empty), and its values."""
        given = {name: value for name in self.CONDITIONS if (value := getattr(self, name)) is not None}
        if not given:
            return "", ()
        values = (value for name, value in given.items() for _ in range(self.CONDITIONS[name].count("?")))
        return f"WHERE {' AND '.join(self.CONDITIONS[name] for name in given)}", tuple(values)


def conditions(at: str, **more: str) -> Mapping[str, str]:
    """The conditions of a query; `at` is the column with the moment."""
    return MappingProxyType({**more, "since": f"{at} >= ?", "until": f"{at} < ?"})


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageQuery(Query[Message]):
    """Messages.

    `line` is the registered line's number or the originator as written; `to` the recipient in any stored form; `state`
    a message_state; `outcome` that of its verdict, or `waiting` of a part that has none yet; `text` a part of the text;
    `after` and `before` are running numbers, themselves left out.
    """

    COLUMNS = MESSAGE
    TABLES = "messages m LEFT JOIN verdicts v ON v.id = m.verdict"
    NUMBER = "m.number"
    CONDITIONS = conditions(
        "m.received_at",
        line="(m.line = ? OR m.source = ?)",
        to="(m.recipient = ? OR m.destination = ?)",
        account="m.account = ?",
        outcome="coalesce(v.outcome, 'waiting') = ?",
        rule="v.rule = ?",
        state="m.state = ?",
        text="instr(m.text, ?) > 0",
        after="m.number > ?",
        before="m.number < ?",
    )

    line: str | None = None
    to: str | None = None
    account: str | None = None
    outcome: Fate | Literal["waiting"] | None = None
    rule: str | None = None
    state: int | None = None
    text: str | None = None
    after: int | None = None
    before: int | None = None

    @staticmethod
    def read(row: tuple[Any, ...], rows: Rows) -> Message:
        """A message with its verdict."""
        return rows.message(row)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeQuery(Query[JournalEntry]):
    """Changes of the registers, without the packed sets of those that hold one.

    `text` is a part of the change's JSON, such as a line's number.
    """

    # The sets in changes of many numbers are megabytes long, and say nothing to a reader.
    COLUMNS = "number, at, origin, kind, json_remove(body, '$.packed')"
    TABLES = "changes"
    NUMBER = "number"
    CONDITIONS = conditions("at", kind="kind = ?", origin="origin = ?", text="instr(body, ?) > 0")

    kind: str | None = None
    origin: str | None = None
    text: str | None = None

    @staticmethod
    def read(row: tuple[Any, ...], rows: Rows) -> JournalEntry:
        """A change."""
        del rows
        return JournalEntry._make(row)


@dataclass(frozen=True, slots=True, kw_only=True)
class ViolationQuery(Query[Offence]):
    """Violations with their messages."""

    COLUMNS = (
        "o.rowid, o.line, o.message, o.at, o.rule, o.clause, o.slate,"
        " m.message_id, m.account, coalesce(m.recipient, m.destination), m.text, v.outcome, v.content"
    )
    TABLES = "violations o JOIN messages m ON m.number = o.message LEFT JOIN verdicts v ON v.id = m.verdict"
    NUMBER = "o.rowid"
    CONDITIONS = conditions(
        "o.at", line="o.line = ?", account="m.account = ?", rule="o.rule = ?", clause="o.clause = ?"
    )

    line: str | None = None
    account: str | None = None
    rule: str | None = None
    clause: str | None = None

    @staticmethod
    def read(row: tuple[Any, ...], rows: Rows) -> Offence:
        """A violation."""
        del rows
        return offence_of(row)


@dataclass(frozen=True, slots=True, kw_only=True)
class MoQuery(Query[MoMessage]):
    """Subscribers' messages to lines; `subscriber` is a number in normal form."""

    COLUMNS = "*"
    TABLES = "mo_messages"
    NUMBER = "number"
    CONDITIONS = conditions(
        "made_at",
        subscriber="subscriber = ?",
        line="line = ?",
        account="account = ?",
        text="instr(text, ?) > 0",
    )

    subscriber: str | None = None
    line: str | None = None
    account: str | None = None
    text: str | None = None

    @staticmethod
    def read(row: tuple[Any, ...], rows: Rows) -> MoMessage:
        """A message."""
        del rows
        return mo_of(row)


@dataclass(frozen=True, slots=True, kw_only=True)
class MutationQuery(Query[Mutation]):
    """What was done over HTTP; `path` and `text` are parts of the path and of the body."""

    COLUMNS = "*"
    TABLES = "mutations"
    NUMBER = "number"
    CONDITIONS = conditions(
        "at",
        method="method = ?",
        path="instr(path, ?) > 0",
        origin="origin = ?",
        client="client = ?",
        is_refused="(status >= 400) = ?",
        text="instr(body, ?) > 0",
    )

    method: str | None = None
    path: str | None = None
    origin: str | None = None
    client: str | None = None
    is_refused: bool | None = None
    text: str | None = None

    @staticmethod
    def read(row: tuple[Any, ...], rows: Rows) -> Mutation:
        """A mutation."""
        del rows
        return Mutation._make(row)
