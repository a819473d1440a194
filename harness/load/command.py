"""The whole of `khatban load`: everything is checked, an operator started where none is given, Locust set on it.

However it ends, by its end, Ctrl-C, SIGTERM or a fault, no process is left behind, and what was measured is written.
"""

import resource
import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from rich.console import Console
from rich.text import Text

from harness.display import show_problems
from harness.load.display import LoadDisplay, show_result
from harness.load.generator_process import GeneratorError, GeneratorProcess
from harness.load.order import Order, Role, TargetError, check_target
from harness.load.plan import Plan, checked_address
from harness.load.plan_file import load_plan
from harness.load.result import PLAN_FILE, LoadResult, LoadResultError, Second, is_load_run, read_result
from harness.problems import ProblemsError
from harness.signals import terminable, undisturbed
from khatban_client.errors import OperatorError
from khatban_client.process import OperatorProcess, StartError

GOOD, MISSED, UNUSABLE, NOT_STARTED, INTERRUPTED = 0, 1, 2, 3, 130
EXPECT_PATIENCE = 3600.0
"""Seconds for which workers of other machines are waited for."""
_FILES_A_BIND = 1
_FILES_BESIDE = 256


class UsageError(Exception):
    """A load is asked for in a way that cannot be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadRequest:
    """What is asked for.

    Attributes:
        plan: the plan's file.
        out: the run directory, new or empty.
        target: instead of the plan's: `host:port` of an SMPP door.
        http: likewise its HTTP door.
        target_is_mine: the user says so of a target on another machine.
        workers: so many processes submit, with a master before them; 0: one, without a master.
        expect: a master waits for so many more from other machines.
        listen: where it listens for them.
        join: instead of all that: be a worker of the master there.
        as_json: the result is printed as one JSON object.
    """

    plan: Path
    out: Path
    target: str | None = None
    http: str | None = None
    target_is_mine: bool = False
    workers: int = 0
    expect: int = 0
    listen: str = "127.0.0.1:0"
    join: str | None = None
    as_json: bool = False


def run_load(request: LoadRequest, console: Console) -> int:
    """Runs a load test, and shows on the console what happens.

    Returns:
        The exit status: 0 all thresholds were kept, 1 some were missed, 2 the plan or the usage is wrong, 3 the
        operator or Locust did not start or broke, 130 interrupted (what was measured is written all the same).
    """
    try:
        with terminable():
            return _run(request, console)
    except ProblemsError as error:
        show_problems(console, error.problems)
        return UNUSABLE
    except (UsageError, TargetError) as error:
        console.print(Text(str(error), "bold red"), soft_wrap=True)
        return UNUSABLE
    except (StartError, OperatorError, GeneratorError, LoadResultError) as error:
        console.print(Text(str(error), "bold red"), soft_wrap=True)
        return NOT_STARTED
    except KeyboardInterrupt:
        console.print(Text("interrupted before there was anything to write", "bold yellow"))
        return INTERRUPTED


def _run(request: LoadRequest, console: Console) -> int:
    plan = load_plan(request.plan)
    order = _order(request, plan)
    _allow_files(plan.binds.count)
    with ExitStack() as stack:
        if request.join:
            return _join(stack, request, order, console)
        _make_folder(request)
        if not order.smpp:
            order = _with_operator(stack, request, plan, order)
        interrupted = _load(stack, request, plan, order, console)
    if interrupted and not is_load_run(request.out):
        raise KeyboardInterrupt
    stored = read_result(request.out)
    _show(console, stored.result, request)
    if interrupted or stored.result.interrupted:
        return INTERRUPTED
    return GOOD if stored.result.passed else MISSED


def _order(request: LoadRequest, plan: Plan) -> Order:
    """What a process alone would be told; without an address where an operator is to be started."""
    smpp = request.target or (plan.target.smpp if plan.target else "")
    http = request.http or (plan.target.http if plan.target and not request.target else None)
    if not smpp and (request.join or request.expect):
        raise UsageError(
            "other machines must know whom to load: name the operator in the plan's [target] or by --target"
        )
    for option, value in (("target", smpp), ("listen", request.listen), ("join", request.join)):
        _check_address(option, value)
    for address in (smpp, urlsplit(http or "").netloc):
        if address:
            check_target(address, is_mine=request.target_is_mine)
    return Order(plan=request.plan.resolve(), out=request.out.resolve(), smpp=smpp, http=http)


def _check_address(option: str, value: str | None) -> None:
    try:
        if value and not (option == "listen" and value.endswith(":0")):
            checked_address(value)
    except ValueError as error:
        raise UsageError(f"--{option}: {error}") from None


def _make_folder(request: LoadRequest) -> None:
    try:
        request.out.mkdir(parents=True, exist_ok=True)
        if any(request.out.iterdir()):
            raise UsageError(f"{request.out}: not empty; a run needs a folder of its own")
        shutil.copyfile(request.plan, request.out / PLAN_FILE)
    except OSError as error:
        raise UsageError(f"{error.filename or request.out}: {error.strerror or error}") from error


def _with_operator(stack: ExitStack, request: LoadRequest, plan: Plan, order: Order) -> Order:
    config = plan.operator.config if plan.operator else None
    options = ("--config", str(config)) if config else ()
    operator = stack.enter_context(OperatorProcess(request.out, plan.seed, options)).operator
    # HTTP is made last in a start, and the first text is judged with what is read for it: neither is the load's.
    operator.explain(plan.traffic.lines[0].number, plan.traffic.recipients.partition("-")[0], plan.title)
    return order.model_copy(update={"smpp": str(operator.smpp), "http": operator.url, "own_operator": True})


def _join(stack: ExitStack, request: LoadRequest, order: Order, console: Console) -> int:
    order = order.model_copy(update={"role": Role.WORKER, "master": request.join, "out": None})
    log = Path(f"{request.out}.log")
    log.parent.mkdir(parents=True, exist_ok=True)
    worker = stack.enter_context(GeneratorProcess(order, log))
    console.print(f"worker of {request.join}; Ctrl-C ends it")
    for _ in worker.told():
        pass
    return GOOD


def _load(stack: ExitStack, request: LoadRequest, plan: Plan, order: Order, console: Console) -> bool:
    """Runs the load to its end; True if it was interrupted."""
    workers = request.workers + request.expect
    if workers:
        patience = EXPECT_PATIENCE if request.expect else order.workers_patience
        master = {"role": Role.MASTER, "master": request.listen, "workers": workers, "workers_patience": patience}
        order = order.model_copy(update=master)
    head = stack.enter_context(GeneratorProcess(order, request.out / "generator.log"))
    with LoadDisplay(console, plan) as display:
        told = head.told()
        try:
            _follow(stack, request, order, told, display)
        except KeyboardInterrupt:
            head.interrupt()
            with undisturbed(), suppress(GeneratorError):
                _follow(stack, replace(request, workers=0), order, head.told(), display)
            return True
    return False


def _follow(
    stack: ExitStack, request: LoadRequest, order: Order, told: Iterator[dict[str, object]], display: LoadDisplay
) -> None:
    """Shows what the head tells, and starts the workers of a master."""
    for news in told:
        if "second" in news:
            display.show(Second.model_validate(news["second"]))
        elif "master" in news:
            host = order.master.rpartition(":")[0]
            worker = order.model_copy(update={"role": Role.WORKER, "master": f"{host}:{news['master']}", "out": None})
            for number in range(1, request.workers + 1):
                stack.enter_context(GeneratorProcess(worker, request.out / f"generator-{number}.log"))


def _show(console: Console, result: LoadResult, request: LoadRequest) -> None:
    if request.as_json:
        sys.stdout.write(result.model_dump_json(indent=2) + "\n")
        return
    show_result(console, result, str(request.out))


def _allow_files(binds: int) -> None:
    """Lets the processes that start have a file for each bind."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    needed = binds * _FILES_A_BIND + _FILES_BESIDE
    if soft != resource.RLIM_INFINITY and soft < needed:
        allowed = needed if hard == resource.RLIM_INFINITY else min(needed, hard)
        if allowed < needed:
            raise UsageError(f"{binds:,} binds need {needed:,} open files, and {hard:,} are allowed (ulimit -Hn)")
        resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))
