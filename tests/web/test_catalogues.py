"""The interface's words: both languages have them all, each is used, and Persian names each word of the API."""

import json
import re
from collections.abc import Iterable
from typing import get_args

import pytest

from simulator.admin.console import WEB
from simulator.changing.change import change_kind
from simulator.changing.changes import CHANGES, lines, patterns, provisioning
from simulator.changing.journal import Origin
from simulator.changing.opt_out import MoOutcome
from simulator.messages import Category, Label, Outcome, ReceiptKind, TurnKind
from simulator.numbers.line_plan import LineType
from simulator.numbers.numbering import MobileOperator
from simulator.policy.clauses import Clause
from simulator.policy.rules import RULES
from simulator.profiles.handset import HandsetState
from simulator.profiles.service_terms import Route
from simulator.registry.accounts import BindType
from simulator.registry.lines import LineState, OwnerKind, Use
from simulator.registry.pattern import PatternState
from simulator.registry.pattern_syntax import VariableType
from simulator.registry.provisioning.documents import DOCUMENTS
from simulator.registry.provisioning.request import Event, RequestState
from simulator.smpp.consts import MessageState

_ENTRY = re.compile(r'^  ("[^"]+"): (?:"|\{)', re.MULTILINE)
_USED = re.compile(r"""\bt\((?:[^()"`]*\? )?["`]([^"`]+)["`]""")
_PLACE = re.compile(r"\{(\w+)\}")

STATING = [change for family in (lines, patterns, provisioning) for change in family.CHANGES]
"""The changes whose fields are shown one by one."""

WORDS: dict[str, Iterable[str]] = {
    "rule": [rule.id for rule in RULES],
    "category": Category,
    "label": Label,
    "outcome": Outcome,
    "state": MessageState.__members__,
    "line_type": LineType,
    "operator": MobileOperator,
    "receipt_kind": ReceiptKind,
    "bind_type": BindType,
    "handset_state": HandsetState,
    "mo_outcome": MoOutcome,
    "event": ["submitted", "refused", "ended", "refunded", *TurnKind],
    "line_state": LineState,
    "owner_kind": OwnerKind,
    "use": Use,
    "route": Route,
    "request_state": RequestState,
    "request_event": Event,
    "document": [str(document.model_fields["kind"].default) for document in DOCUMENTS],
    "change": [change_kind(change) for change in CHANGES],
    "stated": {name for each in (*STATING, *DOCUMENTS) for name in each.model_fields} - {"kind"},
    "origin": Origin,
    "pattern_state": PatternState,
    "variable_type": VariableType,
    "confidence": get_args(Clause.model_fields["confidence"].annotation),
}
"""The words of the API that are shown by their names."""


def keys(catalogue: str) -> list[str]:
    return [json.loads(key) for key in _ENTRY.findall((WEB / "i18n" / catalogue).read_text("utf-8"))]


def entries(catalogue: str) -> dict[str, str]:
    """Each entry's source, by its key."""
    text = (WEB / "i18n" / catalogue).read_text("utf-8")
    return {json.loads(key): value for key, value in re.findall(r'^  ("[^"]+"): (.+),$', text, re.MULTILINE)}


@pytest.mark.parametrize("catalogue", ["en.js", "fa.js", "fa_words.js"])
def test_no_key_stands_twice(catalogue: str) -> None:
    found = keys(catalogue)
    assert len(found) == len(set(found)) > 0


def test_both_languages_have_the_same_entries_with_the_same_values() -> None:
    english, persian = entries("en.js"), entries("fa.js")
    words = {key for key in english if key.partition(".")[0] in WORDS}
    assert english.keys() - words == persian.keys()
    for key in persian:
        assert set(_PLACE.findall(english[key])) == set(_PLACE.findall(persian[key])), key


def test_every_entry_that_is_asked_for_is_there_and_every_entry_is_asked_for() -> None:
    source = "\n".join(file.read_text("utf-8") for file in WEB.rglob("*.js") if file.parent.name != "i18n")
    asked = {re.escape(key) for key in re.findall(r'"([a-z][\w-]*(?:\.[\w-]+)+)"', source)}
    made = {re.sub(r"\\\$\\\{.+?\\\}", r".+", re.escape(key)) for key in re.findall(r"`([a-z][\w-]*\.[^`]*)`", source)}
    pattern = re.compile("|".join(asked | made | {"date"}))
    unused = [key for key in entries("fa.js") if not pattern.fullmatch(key)]
    assert unused == []


@pytest.mark.parametrize("kind", WORDS)
def test_persian_has_a_name_for_each_word(kind: str) -> None:
    named = {key.removeprefix(f"{kind}.") for key in keys("fa_words.js") if key.startswith(f"{kind}.")}
    lacking = set(WORDS[kind]) - named
    assert lacking == set()
