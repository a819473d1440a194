"""The image and the compose file, as far as that can be looked at without Docker."""

import json
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from khatban import main
from simulator.serving.config_file import load_config
from tests.packaging.built import ROOT
from tests.packaging.dockerfile import instructions, sent
from tests.packaging.operator import Installation
from tests.packaging.test_distributions import PACKAGES, tracked

DOCKERFILE = instructions((ROOT / "Dockerfile").read_text("utf-8"))
LAST = DOCKERFILE[-1].stage
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
CONFIG = ROOT / "docker" / "khatban.toml"
TAGGED = re.compile(r"[a-z0-9./-]+:(?!latest)[\w.-]+")


def of(name: str, stage: int = LAST) -> list[str]:
    return [each.words for each in DOCKERFILE if each.name == name and each.stage == stage]


def test_every_base_is_named_with_a_version() -> None:
    bases = [each.words.split(" AS ")[0] for each in DOCKERFILE if each.name == "FROM"]
    images = [service["image"] for service in COMPOSE["services"].values()]
    assert len(bases) == LAST + 1 == 2
    assert all(TAGGED.fullmatch(image) for image in (*bases, *images))


def test_nobody_is_root() -> None:
    [user] = of("USER")
    owner, _, group = user.partition(":")
    assert int(owner) > 1000 < int(group)  # by number, so that an orchestrator can see that it is not 0
    after = [each.name for each in DOCKERFILE if each.stage == LAST][::-1]
    assert "RUN" not in after[: after.index("USER")]
    service = COMPOSE["services"]["khatban"]
    assert (service["read_only"], service["cap_drop"]) == (True, ["ALL"])
    assert "no-new-privileges:true" in service["security_opt"]


def test_the_operator_begins_with_options_that_there_are() -> None:
    [entry], [command] = of("ENTRYPOINT"), of("CMD")
    program, *arguments = json.loads(entry) + json.loads(command)
    serve = main.commands[arguments.pop(0)]
    values, rest, _ = serve.make_parser(click.Context(serve)).parse_args(arguments)
    assert (program, rest) == ("khatban", [])
    assert f"{CONFIG.relative_to(ROOT)} {values['config']}" in of("COPY")
    assert values["store"].rpartition("/")[0] in json.loads(of("VOLUME")[0])
    assert values["store"].startswith(of("WORKDIR")[0])


def test_the_configuration_asks_for_a_token_where_compose_puts_one_and_listens_on_the_ports_that_are_told() -> None:
    settings = load_config(CONFIG).operators[0].server
    assert (settings.host, settings.http_host) == ("0.0.0.0", None)
    [secret] = COMPOSE["services"]["khatban"]["secrets"]
    assert settings.http_token_file == Path("/run/secrets") / secret
    assert secret in COMPOSE["secrets"]
    assert of("EXPOSE") == [f"{settings.port} {settings.http_port}"]
    assert COMPOSE["services"]["khatban"]["ports"] == [
        f"127.0.0.1:{port}:{port}" for port in (settings.port, settings.http_port)
    ]
    assert "khatban" in settings.http_names


def test_the_health_check_is_that_of_a_running_operator(installed: Installation) -> None:
    [check] = of("HEALTHCHECK")
    program, *arguments = json.loads(check.partition(" CMD ")[2])
    assert program == "python"
    assert "http://127.0.0.1:8775/readyz" in arguments[-1]

    def run(url: str) -> int:
        command = [sys.executable, *arguments[:-1], arguments[-1].replace("http://127.0.0.1:8775", url)]
        return subprocess.run(command, env=installed.env, check=False, capture_output=True, timeout=60).returncode

    with installed.serving() as url:
        assert run(url) == 0
    assert run(url) == 1


def test_a_build_is_given_what_it_needs_and_nothing_else() -> None:
    given = sent(ROOT, tracked())
    assert tracked(*PACKAGES, "khatban.py") <= given
    assert {name.split("/")[0] for name in given} == {
        *PACKAGES, "khatban.py", "docker", "LICENSE", "README.md", "constraints-operator.txt", "pyproject.toml",
    }  # fmt: skip
    copied = [words.split()[0] for stage in range(LAST + 1) for words in of("COPY", stage) if "--from" not in words]
    assert set(copied) - {"."} <= given


def test_what_the_image_installs_is_what_the_operator_needs_and_as_the_tests_have_it() -> None:
    def pins(name: str) -> dict[str, str]:
        found = re.findall(r"(?m)^([\w.-]+)==([\w.]+)", (ROOT / name).read_text("utf-8"))
        return {package.lower().replace("_", "-"): version for package, version in found}

    needed = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    operator, everything = pins("constraints-operator.txt"), pins("constraints.txt")
    assert {re.split(r"[<>=]", written)[0] for written in needed} <= operator.keys()
    assert operator.items() <= everything.items()
    assert "pandas" not in operator


def test_the_example_of_the_compose_file_is_one_that_there_is() -> None:
    sender = COMPOSE["services"]["sender"]
    [depended] = sender["depends_on"]
    assert depended in COMPOSE["services"]
    assert sender["environment"]["SMSC_HOST"] == depended
    folder = sender["volumes"][0].partition(":")[0]
    assert (ROOT / folder / "send.py").exists()
    assert shlex.split(sender["entrypoint"][2])[-3:] == ["python", "/example/send.py", "$$@"]


@pytest.mark.parametrize("instruction", ["latest", "root"])
def test_neither_file_speaks_of(instruction: str) -> None:
    for file in (ROOT / "Dockerfile", ROOT / "compose.yaml"):
        assert f":{instruction}" not in file.read_text("utf-8")
