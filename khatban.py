"""The `khatban` command: the one file that knows every package. Each command imports what it needs when it runs."""

import datetime
import gc
import importlib
import inspect
import json
import logging
import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import wraps
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NoReturn

import click

from simulator.remote import GROUPS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from harness.references import Catalogue
    from simulator.serving.config import Config
    from simulator.serving.running import RunningOperator
    from simulator.serving.starting import Addresses

USAGE_ERROR = 2
CANNOT_START = 3
INTERRUPTED = 130

_SETTINGS = ("port", "http_port", "http_token_file", "check_store", "durability")
"""The options of `serve` that stand under [server] in a configuration."""

_existing_file = click.Path(exists=True, dir_okay=False, path_type=Path)
_existing_folder = click.Path(exists=True, file_okay=False, path_type=Path)
_existing_path = click.Path(exists=True, path_type=Path)
_any_path = click.Path(path_type=Path)


def _needs(*extras: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """A command that begins only where these extras are installed, and says otherwise what to install."""

    def checked(command: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(command)
        def run_command(**options: Any) -> Any:
            from khatban_client.extras import missing

            if wanted := missing(*extras):
                _fail(wanted, CANNOT_START)
            return command(**options)

        return run_command

    return checked


def _valid_text(_context: click.Context, parameter: click.Parameter, value: str) -> str:
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        msg = f"--{parameter.name} is not valid UTF-8"
        raise click.BadParameter(msg) from None
    return value


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="khatban")
def main() -> None:
    """Khatban: a fake Iranian mobile operator. It speaks SMPP, judges every message by the rules, and says why.

    \b
    Examples:
      khatban serve                                  an operator with the demo world, on loopback
      khatban explain --from 3000200020 --to 09121110000 --text '۵۰٪ تخفیف'
      khatban run scenarios/regulatory --out run     real SMPP clients against the operator
      khatban report run                             the run as a page, CSV and JSON
      khatban audit --for 2m                         watch your client, and grade it
      khatban demo                                   all of it, once
    """  # noqa: D301 - click takes the escape for a paragraph that is not to be wrapped


@main.command()
@click.option(
    "--config",
    type=_existing_file,
    help="A TOML file with a world and [server] settings, or with several in [operators.<name>]; "
    "without it, the demo world.",
)
@click.option("--port", type=click.IntRange(0, 65535), help="The SMPP port; 0 takes any free one. [default: 2775]")
@click.option("--http-port", type=click.IntRange(0, 65535), help="The HTTP port; 0 takes any free one. [default: 8775]")
@click.option(
    "--http-token-file",
    type=_existing_file,
    help="Holds the token that clients of HTTP must show; needed where others than this machine reach it.",
)
@click.option("--seed", type=int, default=1, show_default=True, help="Seeds everything that is left to chance.")
@click.option(
    "--store",
    type=_any_path,
    help="The SQLite file that keeps the messages; reopened if it exists. [default: in memory]",
)
@click.option(
    "--check-store", is_flag=True, default=None, help="Read every page of the store first; a damaged one is refused."
)
@click.option(
    "--durability",
    type=click.Choice(["process", "power"]),
    help="What acknowledged messages survive: kill -9, or a power cut too. [default: process]",
)
@click.option(
    "--snapshot",
    type=_existing_file,
    help="The world, and what was changed in it, from `khatban snapshot save`; of --config then [server] only.",
)
@click.option(
    "--ready-file", type=_any_path, help="Written with the addresses once the operator is ready, removed at its end."
)
@click.option("--wire-log", type=_any_path, help="Written anew with every PDU in and out, decoded: a JSON line each.")
@click.option("--pcap", type=_any_path, help="Written anew with the same as packets, for Wireshark (pcapng).")
@click.option("--verbose", is_flag=True, help="Say on standard error what happens on the connections.")
def serve(
    *,
    config: Path | None,
    seed: int,
    ready_file: Path | None,
    verbose: bool,
    snapshot: Path | None,
    **options: Any,
) -> None:
    """Run the operator, or all that the configuration names, until Ctrl-C or SIGTERM.

    \b
    Examples:
      khatban serve
      khatban serve --store store.db --wire-log wire.jsonl
      khatban serve --config operators.toml --http-token-file khatban.token
      khatban serve --port 0 --http-port 0 --ready-file ready.json     free ports, told in a file
    """  # noqa: D301 - as above
    # Imports make hundreds of thousands of objects that last; to look through them again and again for cycles takes a
    # sixth of the start. The operator switches this on again.
    gc.disable()
    import trio

    from simulator.center.snapshot import SnapshotError
    from simulator.serving.app import serve as serve_operators
    from simulator.serving.config import ConfigError
    from simulator.serving.config_file import load_config
    from simulator.serving.starting import StartError
    from simulator.store import Durability, StoreError

    logging.basicConfig(level=logging.INFO if verbose else logging.WARNING, format="%(asctime)s %(name)s: %(message)s")
    try:
        durability = options["durability"]
        options["durability"] = None if durability is None else Durability(durability)
        settings = {name: options.pop(name) for name in _SETTINGS}
        loaded = _with_options(load_config(config), settings, options, snapshot)

        async def run() -> None:
            await serve_operators(loaded, seed=seed, announce=_announce, ready_file=ready_file)

        trio.run(run)
    except (ConfigError, SnapshotError) as error:
        _fail(str(error), USAGE_ERROR)
    except (StartError, StoreError) as error:
        _fail(str(error), CANNOT_START)


def _with_options(
    config: "Config", settings: dict[str, Any], files: dict[str, Path | None], snapshot: Path | None
) -> "Config":
    """The configuration with what the command line says otherwise, which it can of one operator only."""
    given = {name: value for name, value in {**settings, **files}.items() if value is not None}
    first = config.operators[0]
    if first.name and (given or snapshot):
        option = next(iter(given), "snapshot").replace("_", "-")
        raise click.UsageError(f"--{option} is for one operator; write it into the table of each: [operators.<name>]")
    server = first.server.model_copy(update={name: given[name] for name in settings if name in given})
    written = first.files.model_copy(update={name: given[name] for name in files if name in given})
    changed = first.model_copy(update={"server": server, "files": written})
    if snapshot:
        from simulator.serving.snapshot_file import prepared_in

        changed = changed.begun_with(prepared_in(snapshot, first.world))
    return config.model_copy(update={"operators": (changed, *config.operators[1:])})


def _announce(operators: "Sequence[RunningOperator]") -> None:
    console = _console()
    for operator in operators:
        if operator.name:
            console.print(f"[bold]{operator.name}[/]")
        hint = "" if operator.name else "   system_id and password of the demo: panel / panel"
        for line in _doors(operator.addresses, hint):
            console.print(line)
    console.print("Ctrl-C stops it." if len(operators) == 1 else "Ctrl-C stops them.")
    console.file.flush()


def _doors(addresses: "Addresses", hint: str) -> Iterator[str]:
    yield f"SMPP  [bold]{addresses.smpp[0]}:{addresses.smpp[1]}[/]{hint}"
    if addresses.smpps:
        yield f"SMPP  [bold]{addresses.smpps[0]}:{addresses.smpps[1]}[/]   behind TLS"
    yield f"HTTP  [bold]http://{addresses.http[0]}:{addresses.http[1]}/api/v1/messages[/]"


@main.command()
@click.option("--from", "source", required=True, help="The line, in any form.")
@click.option("--to", "destination", required=True, help="The recipient, in any form.")
@click.option("--text", required=True, callback=_valid_text, help="The text of the message.")
@click.option(
    "--at",
    type=click.DateTime(["%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]),
    help="When, in Tehran; now if left out.",
)
@click.option("--config", type=_existing_file, help="A TOML file with a world; without it, the demo world.")
@click.option("--operator", help="Which of the configuration's operators, where it has several.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def explain(
    *,
    source: str,
    destination: str,
    text: str,
    at: datetime.datetime | None,
    config: Path | None,
    operator: str | None,
    as_json: bool,
) -> None:
    """Say what the operator would do with a message, and why. Needs no running operator.

    \b
    Examples:
      khatban explain --from 3000200020 --to 09121110000 --text '۵۰٪ تخفیف کفش'
      khatban explain --from 3000100010 --to 09129990000 --text 'حراج' --at '2026-11-22 23:00'
      khatban explain --config world.toml --from 3000200020 --to 09121110000 --text 'سلام' --json
    """  # noqa: D301 - as above
    from simulator.center.operator import Operator
    from simulator.serving.config import ConfigError, registers_of
    from simulator.serving.config_file import load_config
    from simulator.store import Store

    try:
        loaded = load_config(config)
        chosen = loaded.operator(operator)
    except ConfigError as error:
        _fail(str(error), USAGE_ERROR)
    [registers] = registers_of([chosen], loaded.blacklists, seed=0)
    asked = Operator(chosen.world, Store(), seed=0, real=lambda: 0.0, wall=_now, registers=registers)
    explanation = asked.inquiries.explain(source, destination, text, at)
    if as_json:
        from simulator.admin.models import ExplanationForm

        click.echo(ExplanationForm.of(explanation).model_dump_json(indent=2))
        return
    from simulator.center.explain_view import show_explanation
    from simulator.policy.clauses import load_clauses

    show_explanation(_console(), explanation, load_clauses())


@main.command()
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def profile(*, name: str, as_json: bool) -> None:
    """Show a shipped profile: every value, and what it stands on.

    \b
    Examples:
      khatban profile mci
      khatban profile irancell --json
    """  # noqa: D301 - as above
    from simulator.profiles.profile import Profile
    from simulator.profiles.profile_file import profile_table, shipped_profiles
    from simulator.wording import hint

    if name not in (shipped := shipped_profiles()):
        _fail(f"there is no profile {name!r}{hint(name, shipped)}", USAGE_ERROR)
    shown = Profile(name=name, **profile_table(name))
    if as_json:
        from simulator.admin.resources.profile import ProfileForm

        click.echo(ProfileForm.of(shown).model_dump_json(indent=2))
        return
    from simulator.profiles.profile_view import show_profile

    show_profile(_console(), shown)


def _now() -> float:
    return datetime.datetime.now(datetime.UTC).timestamp()


@main.command()
@click.argument("source", type=click.File("r", encoding="utf-8"), default="-")
def classify(*, source: IO[str]) -> None:
    """Classify texts: JSON lines {"id","text"} in, {"id","label","category","evidence"} out.

    \b
    Examples:
      echo '{"id": 1, "text": "کد ورود شما: 12345"}' | khatban classify
      khatban classify texts.jsonl
    """  # noqa: D301 - as above
    from simulator.policy.content import classify as classify_text

    for where, request in _requests(source):
        if not isinstance(request, dict) or "id" not in request or not isinstance(request.get("text"), str):
            _fail(f'{where}: expected an object with "id" and a "text" that is a string', USAGE_ERROR)
        content = classify_text(request["text"])
        answer = {
            "id": request["id"],
            "label": content.label,
            "category": content.category,
            "evidence": [evidence._asdict() for evidence in content.evidence],
        }
        click.echo(_json_line(answer))


@main.command()
@click.argument("source", type=click.File("r", encoding="utf-8"), default="-")
def match(*, source: IO[str]) -> None:
    """Hold texts against patterns: JSON lines {"id","pattern","variables","text"} in, {"id","matches","why"} out.

    A variable is written %name% in the pattern; "variables" maps a name to {"type": "string"|"number", "max": N}.

    \b
    Examples:
      echo '{"id": 1, "pattern": "کد: %c%", "text": "کد: 12"}' | khatban match
      khatban match requests.jsonl
    """  # noqa: D301 - as above
    from simulator.policy.patterns.requests import answer_match

    _answer_each(source, answer_match)


@main.command()
@click.argument("source", type=click.File("r", encoding="utf-8"), default="-")
def review(*, source: IO[str]) -> None:
    """Say what stands against patterns: JSON lines {"id","pattern"} in, {"id","approvable","findings"} out.

    "sender" may say the name that the text must bear, "syntax" one of percent, token, braces, hash.

    \b
    Examples:
      khatban review patterns.jsonl
    """  # noqa: D301 - as above
    from simulator.policy.patterns.requests import answer_review

    _answer_each(source, answer_review)


def _answer_each(source: IO[str], answer: Callable[[object], dict[str, Any]]) -> None:
    from simulator.policy.patterns.requests import RequestError

    for where, request in _requests(source):
        try:
            click.echo(_json_line(answer(request)))
        except RequestError as error:
            _fail(f"{where}: {error}", USAGE_ERROR)


def _requests(source: IO[str]) -> Iterator[tuple[str, object]]:
    """The JSON values of a file, one a line, each with its place."""
    for number, line in enumerate(source, 1):
        if not line.strip():
            continue
        where = f"{source.name}:{number}"
        try:
            request = json.loads(line)
        except ValueError as error:
            _fail(f"{where}: not JSON: {error}", USAGE_ERROR)
        yield where, request


def _json_line(value: object) -> str:
    """One line of JSON with its letters as they are; half a surrogate pair, which UTF-8 cannot hold, as an escape."""
    line = json.dumps(value, ensure_ascii=False)
    try:
        line.encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(value)
    return line


@main.command()
@_needs("harness")
@click.argument("scenarios", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--out", type=_any_path, required=True, help="The run directory to write: new, or empty.")
@click.option(
    "--driver",
    "drivers",
    multiple=True,
    help="The SMPP client that plays the scenarios; may be repeated. [default: what the scenario names, or smpplib]",
)
@click.option(
    "--driver-config", type=_existing_file, help="A TOML file with what there is to say of drivers, a table for each."
)
@click.option("--command", help="The program that --driver command runs for each text.")
@click.option("--seed", type=int, default=1, show_default=True, help="Seeds the operators and the clients.")
@click.option(
    "--jobs", type=click.IntRange(1, 64), help="So many scenarios at the same time. [default: one a core, at least 2]"
)
@click.option(
    "--filter",
    "filters",
    multiple=True,
    metavar="FILTER",
    help="Only these: patterns of the id, or FIELD:PATTERN, with a ! before what must not be. May be repeated.",
)
@click.option("--rerun-failed", "rerun", type=_existing_folder, help="Only what failed or broke in that run directory.")
@click.option("--fail-fast", is_flag=True, help="Begin nothing new after the first that fails or breaks.")
@click.option("--junit", type=_any_path, help="Also write JUnit XML to this file.")
@click.option("--json", type=_any_path, help="Also write one JSON document to this file.")
@click.option("--allure", type=_any_path, help="Also write Allure results to this folder.")
def run(
    *, scenarios: tuple[Path, ...], jobs: int | None, driver_config: Path | None, command: str | None, **options: Any
) -> None:
    """Drive real SMPP clients through scenario files (or the shipped ones) against operators of their own.

    Exit status: 0 nothing failed, 1 something failed or broke, 2 a scenario file or an option is wrong, 3 an operator
    or a client did not start, 130 interrupted.

    \b
    Examples:
      khatban run --out run                                    all that is shipped
      khatban run scenarios/regulatory --filter 'clause:blacklist.*' --out run
      khatban run scenarios/protocol --driver wire --out run --junit junit.xml
      khatban run scenarios/regulatory --driver smpplib --driver kannel --out run
      khatban run scenarios/regulatory --driver command --command './send.sh' --out run
      khatban run --rerun-failed run --out again
    """  # noqa: D301 - as above
    from harness.driver import DriverOptionError
    from harness.driver_config import driver_options
    from harness.outputs import OUTPUTS
    from harness.run_request import DEFAULT_JOBS, RunRequest
    from harness.runner import run_scenarios

    try:
        told = driver_options(driver_config, command)
    except DriverOptionError as error:
        _fail(str(error), USAGE_ERROR)
    written = {output.name: options.pop(output.name) for output in OUTPUTS}
    outputs = {name: path for name, path in written.items() if path is not None}
    request = RunRequest(
        paths=scenarios, known=_known(), jobs=jobs or DEFAULT_JOBS, outputs=outputs, options=told, **options
    )
    sys.exit(run_scenarios(request, _console()))


def _known() -> "Catalogue":
    """What an operator of this version has, for those who check a scenario before any operator is started."""
    from pydantic import ValidationError

    from harness.references import Catalogue
    from simulator.changing.changes import change_adapter, described_change
    from simulator.policy.clauses import load_clauses
    from simulator.policy.rules import RULES

    def change_faults(table: Mapping[str, Any]) -> "Sequence[tuple[tuple[int | str, ...], str]]":
        try:
            change_adapter().validate_python(table)
        except ValidationError as error:
            return described_change(error)
        return ()

    return Catalogue(frozenset(rule.id for rule in RULES), frozenset(load_clauses()), change_faults)


@main.command()
@_needs("harness")
@click.argument("scenarios", nargs=-1, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def lint(*, scenarios: tuple[Path, ...], as_json: bool) -> None:
    """Check scenario files (or the shipped ones) without starting anything.

    All mistakes are told together, each with file, line and column: of the form, of worlds and faults, of steps that
    make no sense where they stand, of rules, clauses and changes that there are not.
    Exit status: 0 nothing is wrong, 2 something is.

    \b
    Examples:
      khatban lint
      khatban lint scenarios/regulatory mine.yaml --json
    """  # noqa: D301 - as above
    from harness.lint import lint_scenarios

    sys.exit(lint_scenarios(scenarios, _known(), _console(), as_json=as_json))


@main.command()
@_needs("reports")
@click.argument("sources", nargs=-1, required=True, metavar="RUN...", type=_existing_path)
@click.option(
    "--out", type=_any_path, help="The folder to write to. [default: the run directory's report folder, for one RUN]"
)
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(["html", "csv", "json", "xlsx", "md", "pdf"]),
    help="What to write; may be repeated. pdf needs a Chromium. [default: all but pdf]",
)
@click.option("--reveal", is_flag=True, help="Show subscribers' numbers, whose middle digits are hidden otherwise.")
@click.option("--baseline", type=_existing_path, help="An earlier run directory or store to compare with.")
@click.option(
    "--audit",
    "audits",
    multiple=True,
    type=_existing_path,
    help="The result of an audit (khatban audit --json) to tell of. May be repeated. [default: audits/*.json of a run]",
)
@click.option(
    "--load",
    "loads",
    multiple=True,
    type=_existing_path,
    help="The run directory of a load test to tell of. May be repeated. [default: loads/* of a run]",
)
@click.option(
    "--fail-on",
    multiple=True,
    metavar="THRESHOLD",
    help="Exit with 1 where it is crossed: leakage, failures>2, 'coverage<95%', over-blocking, refused, 'p99>50' (ms),"
    " 'throughput<500', lost, broken (since --baseline). May be repeated.",
)
def report(**options: Any) -> None:
    """Turn runs, load tests and stores into reports: pages in English and Persian, XLSX, CSV, JSON, and more.

    Exit status: 0 all is written, 1 all is written and a threshold is crossed, 2 a run or an option is wrong, 3 a file
    cannot be written.

    \b
    Examples:
      khatban report run                               into run/report
      khatban report store.db --out july               an operator's store
      khatban report load --fail-on 'p99>50'           a load test
      khatban report run --audit smpplib.json          with the grades of a client
      khatban report monday tuesday --out reports      into reports/monday and reports/tuesday
      khatban report run --format pdf --format md --out signed
      khatban report run --baseline last --fail-on leakage --fail-on broken --fail-on 'coverage<95%'
    """  # noqa: D301 - as above
    from reports.command import Request, UsageError, run_report
    from reports.format import FormatError
    from reports.run import RunError
    from reports.threshold import ThresholdError

    try:
        stores = any(source and source.is_file() for source in (*options["sources"], options["baseline"]))
        request = Request(**options, catalogue=_catalogue()) if stores else Request(**options)
        with _console(stderr=True).status("khatban report") as status:
            outcome = run_report(request, status.update)
    except (UsageError, RunError, ThresholdError) as error:
        _fail(str(error), USAGE_ERROR)
    except (FormatError, OSError) as error:
        _fail(str(error), CANNOT_START)
    for folder in outcome.folders:
        _console().print(f"report: [bold]{folder}[/]")
    for sentence in outcome.crossed:
        click.echo(f"khatban: {sentence}", err=True)
    sys.exit(1 if outcome.crossed else 0)


def _catalogue() -> dict[str, Any]:
    """The rules and clauses of this version, as the API tells them."""
    from simulator.admin.models import CatalogueForm, RuleForm
    from simulator.policy.clauses import load_clauses
    from simulator.policy.rules import RULES

    form = CatalogueForm(rules=[RuleForm.of(rule) for rule in RULES], clauses=list(load_clauses().values()))
    return form.model_dump(mode="json")


def _seconds(_context: click.Context, _parameter: click.Parameter, value: str) -> float:
    from harness.audit.duration import seconds_of

    try:
        return seconds_of(value)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


@main.command()
@_needs("harness")
@click.argument("recording", required=False, type=_existing_file)
@click.option("--for", "seconds", default="120s", show_default=True, callback=_seconds, help="How long, live: 90s, 5m.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    help="Where the operator listens; in a capture, which port is looked at. [default: 2775; any in a capture]",
)
@click.option("--driver", default="", help="Have a driver make the traffic (see `khatban run`).")
@click.option("--command", default="", help="Have this program make it; it is told where to bind by KHATBAN_HOST, ...")
@click.option("--config", type=_existing_file, help="The operator's configuration. [default: the demo world]")
@click.option("--operator", default="", help="Instead of an operator of its own: a running one, by its HTTP address.")
@click.option("--wire-log", type=_existing_file, help="With --operator: the wire log that it writes.")
@click.option("--record", type=_any_path, help="Keep the wire log, to whose lines the frames of the result refer.")
@click.option(
    "--provoke/--watch", "provokes", default=True, show_default=True, help="Use the operator's faults, or not."
)
@click.option("--client", default="", help="What the result calls the client.")
@click.option("--json", type=_any_path, help="Write the result as JSON (docs/audit.md).")
@click.option("--html", type=_any_path, help="Write it as a page.")
@click.option("--all", "everything", is_flag=True, help="Show every check, also what passed or was not seen.")
def audit(**options: Any) -> None:
    """Watch a client, and grade what it does on the wire: live, or in a RECORDING (wire log, pcapng, pcap).

    Exit status: 0 no check failed, 1 some failed, 2 the recording or an option is wrong, 3 the operator or the client
    did not start, or went away, 130 interrupted before anything was seen.

    \b
    Examples:
      khatban audit --for 5m                           an operator on port 2775, for your client
      khatban audit --driver smpplib --json smpplib.json
      khatban audit --command './send.sh' --html audit.html
      khatban audit capture.pcapng --all
    """  # noqa: D301 - as above
    from harness.audit.command import Request, run_audit

    sys.exit(run_audit(Request(**options), _console()))


@main.command()
@_needs("harness", "reports")
@click.option("--out", type=_any_path, help="The run directory to write. [default: a new one under build/]")
def demo(*, out: Path | None) -> None:
    """Play the regulatory scenarios with a real SMPP client, and write the compliance report.

    \b
    Examples:
      khatban demo
      khatban demo --out run
    """  # noqa: D301 - as above
    import scenarios
    from harness.run_request import RunRequest
    from harness.runner import run_scenarios
    from reports.command import Request, run_report
    from reports.run import RunError

    console = _console()
    out = (out or Path("build") / f"demo-{datetime.datetime.now(datetime.UTC):%Y%m%d-%H%M%S}").resolve()
    shipped = Path(scenarios.__file__).parent
    suites = (shipped / "regulatory", shipped / "provisioning")
    status = run_scenarios(RunRequest(paths=suites, out=out, known=_known()), console)
    if status not in (0, 1):
        sys.exit(status)
    try:
        [folder] = run_report(Request((out,))).folders
        console.print(f"compliance report: [bold]{folder / 'index.html'}[/]")
    except RunError as error:
        _fail(str(error), USAGE_ERROR)
    sys.exit(status)


@main.command()
@click.argument("store", type=_existing_file)
@click.option(
    "--format", "form", type=click.Choice(["jsonl", "csv", "parquet"]), help="What to write. [default: jsonl]"
)
@click.option("--out", type=_any_path, help="The folder to write; - writes the one --table to standard output.")
@click.option("--to", "database", help="Instead of files: a PostgreSQL database, postgresql://user@host/database.")
@click.option("--operator", "name", help="With --to: the name under which these rows are gathered.")
@click.option("--anew", is_flag=True, help="With --to: remove what was gathered under the name before.")
@click.option("--table", "tables", multiple=True, help="Only this table; may be repeated. [default: all]")
@click.option("--mask", is_flag=True, help="Replace subscribers' numbers by others of the same operator and length.")
@click.option(
    "--mask-key",
    envvar="KHATBAN_MASK_KEY",
    help="As --mask, with this key: the same one masks alike. [default: a new one]",
)
@click.option("--keep-texts", is_flag=True, help="With --mask: leave the numbers that stand in texts.")
def export(*, store: Path, form: str | None, out: Path | None, database: str | None, **options: Any) -> None:
    """Write what a store holds as JSON lines, CSV or Parquet, or gather it in a PostgreSQL database.

    The store may be that of a running operator. Exit status: 0 all is written, 2 an option is wrong, 3 it cannot be
    done, 130 interrupted; but for 0, no file and no row was written.

    \b
    Examples:
      khatban export store.db --format parquet --out export --mask
      khatban export store.db --table receipts --out - | jq .state
      khatban export store.db --to postgresql://gatherer@db/sms --operator mci-staging
    """  # noqa: D301 - as above
    from simulator.export.command import Request, UsageError, run_export
    from simulator.export.errors import ExportError

    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends as by Ctrl-C, which clears the drafts away
    try:
        run_export(Request(store, form, out, database, **options), _console(stderr=True))
    except UsageError as error:
        _fail(str(error), USAGE_ERROR)
    except ExportError as error:
        _fail(str(error), CANNOT_START)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nobody reads on; so say nothing at the end
        sys.exit(CANNOT_START)
    except KeyboardInterrupt:
        _fail("interrupted", INTERRUPTED)


@main.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(*, shell: str) -> None:
    """Print what makes a shell complete our commands and options.

    \b
    Examples:
      khatban completion bash >> ~/.bashrc
      khatban completion zsh >> ~/.zshrc
      khatban completion fish > ~/.config/fish/completions/khatban.fish
    """  # noqa: D301 - as above
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    assert kind is not None  # noqa: S101 - click knows each of the choices
    click.echo(kind(main, {}, "khatban", "_KHATBAN_COMPLETE").source())


@main.group()
def ledger() -> None:
    """What a store's messages cost, and whether its books agree.

    \b
    Examples:
      khatban ledger check store.db
    """  # noqa: D301 - as above


@ledger.command("check")
@click.argument("store", type=_existing_file)
def check_ledger(*, store: Path) -> None:
    """Prove that submit, response, receipt, charge and refund of each message in a store meet exactly once.

    The store may be that of a running operator. Exit status: 0 all agrees, 1 something does not, 3 it cannot be read.

    \b
    Examples:
      khatban ledger check store.db
    """  # noqa: D301 - as above
    from simulator.store import StoreError
    from simulator.store.ledger_check import check_ledger as check

    try:
        report = check(store)
    except StoreError as error:
        _fail(str(error), CANNOT_START)
    console = _console()
    console.print(
        f"{report.messages:,} messages, {report.receipts:,} receipts, {report.charged:,} rials charged,"
        f" {report.refunded:,} refunded"
    )
    for says, against, count in report.outcomes:
        if count:
            named = ", ".join(map(str, against)) + (", …" if count > len(against) else "")
            console.print(f"[red]✗[/] {says} Not so for {count:,}: message {named}")
        else:
            console.print(f"[green]✓[/] {says}")
    sys.exit(0 if report.agrees else 1)


class _LazyGroup(click.Group):
    """A group of `simulator.remote` whose commands are imported when one of them is asked for."""

    def _load(self) -> Mapping[str, click.Command]:
        commands: Mapping[str, click.Command] = importlib.import_module(f"simulator.remote.{self.name}").COMMANDS
        return commands

    def list_commands(self, _context: click.Context) -> list[str]:
        return list(self._load())

    def get_command(self, _context: click.Context, name: str) -> click.Command | None:
        return self._load().get(name)


for _name, _help in GROUPS.items():
    main.add_command(_LazyGroup(_name, help=inspect.cleandoc(_help)))


def _console(*, stderr: bool = False) -> "Console":
    from rich.console import Console

    return Console(highlight=False, soft_wrap=True, stderr=stderr)


def _fail(message: str, status: int) -> NoReturn:
    click.echo(f"khatban: {message}", err=True)
    sys.exit(status)


if __name__ == "__main__":
    main()
