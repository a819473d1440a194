"""scenarios/schema.json is what the models say, and takes and refuses what the loader takes and refuses."""

import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from tools import scenario_schema


class EditorsLoader(yaml.SafeLoader):
    """YAML 1.2's core schema, by which editors read: numbers are numbers, `yes` and times are text."""


EditorsLoader.yaml_implicit_resolvers = {}
for tag, form, first in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+|0x[0-9a-fA-F]+", list("-+0123456789")),
    ("float", r"[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?", list("-+.0123456789")),
):
    EditorsLoader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{form})$"), first)

LOADERS = {"khatban": yaml.BaseLoader, "editor": EditorsLoader}
VALIDATOR = jsonschema.Draft202012Validator(scenario_schema.schema())
GOOD = """\
title: A text
steps:
  - bind: {as: panel, password: panel}
  - submit: {from: 3000200020, to: 989123456701, text: سلام, validity: 2h, receipt: no}
  - expect_response: {status: [ESME_ROK, 0x401]}
  - unbind:
"""


def test_the_file_is_what_the_models_say() -> None:
    assert scenario_schema.FILE.read_text("utf-8") == scenario_schema.written(), "run python -m tools.scenario_schema"


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(scenario_schema.schema())


@pytest.mark.parametrize("loader", LOADERS.values(), ids=LOADERS)
def test_every_shipped_scenario_is_taken_however_it_is_read(loader: type[Any]) -> None:
    files = sorted(scenario_schema.FILE.parent.rglob("*.yaml"))
    faults = {file.name: complaints(file.read_text("utf-8"), loader) for file in files}
    assert {name: found for name, found in faults.items() if found} == {}


def complaints(text: str, loader: type[Any]) -> list[str]:
    return [f"{fault.json_path}: {fault.message[:200]}" for fault in VALIDATOR.iter_errors(yaml.load(text, loader))]


@pytest.mark.parametrize("loader", LOADERS.values(), ids=LOADERS)
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: A text\n", ""),
        ("title:", "titel:"),
        ("steps:", "steps: []\nmore:"),
        ("bind:", "bnd:"),
        ("as: panel, ", ""),
        ("password: panel", "password: panel, type: duplex"),
        ("validity: 2h", "validity: soon"),
        ("receipt: no", "receipt: maybe"),
        ("from: 3000200020", "form: 3000200020"),
        ("ESME_ROK", "ESME_OK"),
        ("- unbind:", "- unbind: {on: First Session}"),
        ("- unbind:", "- send: {pdu: submit_sn}"),
        ("- unbind:", "- fault: {name: late-respons}"),
        ("- unbind:", "- change: {kind: suspend-lin}"),
        ("- unbind:", "- {unbind: , wait: {for: 1s}}"),
        ("- unbind:", "- wait: {for: 5}"),
        ("title: A text", "title: A text\ngiven: {world: demmo}"),
        ("title: A text", "title: A text\ngiven: {world: {extends: demo, linse: []}}"),
        ("title: A text", "title: A text\ngiven: {world: {extends: demo, lines: [{numbr: 3000}]}}"),
        ("title: A text", "title: A text\ngiven: {world: {extends: demo, profile: {sanctions: {strikes: few}}}}"),
        ("title: A text", "title: A text\ngiven: {clock: {start: yesterday}}"),
        ("title: A text", "title: A text\ngiven: {client: smplib}"),
        ("title: A text", "title: A text\nexamples: {}"),
        ("title: A text", "title: A text\nexamples: {row: {column: [1]}}"),
    ],
)
def test_broken_scenarios_are_refused(old: str, new: str, loader: type[Any]) -> None:
    assert complaints(GOOD, loader) == []
    assert complaints(GOOD.replace(old, new), loader) != []


def test_a_column_may_stand_for_any_word_or_number() -> None:
    text = GOOD.replace("2h", "<validity>").replace("[ESME_ROK, 0x401]", "<status>").replace("no", "<receipt>")
    assert complaints(text + "examples: {a: {validity: 2h, status: 1, receipt: no}}\n", EditorsLoader) == []


def test_every_field_of_the_language_is_described() -> None:
    form = scenario_schema.schema()
    steps = form["properties"]["steps"]["items"]["properties"]
    for key, step in steps.items():
        fields = (step["anyOf"][0] if "anyOf" in step else step)["properties"]
        assert all(Path(name).name and field["description"] for name, field in fields.items()), key
