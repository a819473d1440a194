"""`python -m tests.benchmarks.blacklist [NUMBERS]`: ten million spread numbers read, asked for, journaled, replayed.

Every step runs in a process of its own, so that memory is what that step took.
"""

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from array import array
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

NUMBERS = 10_000_000
PREFIXES = (*range(910, 920), *range(990, 995), *range(935, 940), *range(901, 906), 920, 921)
LOOKUPS = 200_000


def memory() -> float:
    """Resident megabytes now."""
    with suppress(OSError):
        return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * resource.getpagesize() / 1e6
    return 0.0


def peak() -> float:
    """Resident megabytes at most so far."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1e6 if sys.platform == "darwin" else 1e3)


def timed(what: Callable[[], Any]) -> tuple[float, Any]:
    """The processor's seconds, which others on the machine do not prolong, and the result."""
    began = time.process_time()
    result = what()
    return time.process_time() - began, result


def write(file: Path, numbers: int) -> None:
    """A list in which no two numbers are neighbours but by chance."""
    chance = random.Random(1)
    with file.open("w", encoding="ascii") as out:
        for _ in range(0, numbers, 100_000):
            spread = array("Q", (chance.choice(PREFIXES) * 10**7 + chance.randrange(10**7) for _ in range(100_000)))
            out.write("".join(f"98{number}\n" for number in spread))


def read(file: Path) -> dict[str, float]:
    from simulator.numbers.number_lists import read_number_list

    before = memory()
    seconds, bits = timed(lambda: read_number_list(file))
    return {"numbers": len(bits), "seconds": seconds, "MB kept": memory() - before, "MB at most": peak()}


def ask(file: Path) -> dict[str, float]:
    from simulator.numbers.number_lists import read_number_list
    from simulator.numbers.numbering import MobileOperator
    from simulator.registry.registers import Registers
    from simulator.registry.world import build_world

    delayed = {"extends": "demo", "profile": {"blacklist": {"effective_delay": 60}}}
    registers = Registers(build_world(delayed))
    registers.blacklist.put(read_number_list(file), registers.numbers, listed=True, at=0.0)
    chance = random.Random(2)
    asked = [f"98{chance.choice(PREFIXES)}{chance.randrange(10**7):07}" for _ in range(LOOKUPS)]
    pairs = [(number, registers.numbers.ruling(number)) for number in asked]

    def microseconds() -> float:
        bars = registers.blacklist.bars

        def lookups() -> None:
            for number, operator in pairs:
                bars(number, operator, 1.0)

        return min(timed(lookups)[0] for _ in range(5)) / LOOKUPS * 1e6

    def operators() -> float:
        ruling = registers.numbers.ruling

        def lookups() -> None:
            for number in asked:
                ruling(number)

        return min(timed(lookups)[0] for _ in range(5)) / LOOKUPS * 1e6

    plain = microseconds()
    for number in asked[:10_000]:
        registers.blacklist.choose(number, MobileOperator.MCI, listed=True, at=1.0)
    return {"us a look-up": plain, "us with 10,000 waiting": microseconds(), "us for the operator": operators()}


def change(file: Path) -> dict[str, float]:
    from simulator.changing.changes.blacklist import bulk_change
    from simulator.changing.journal import Journal, Origin
    from simulator.numbers.number_lists import read_number_list
    from simulator.registry.registers import Registers
    from simulator.registry.world import shipped_world
    from simulator.store import Store

    path = file.with_suffix(".db")
    store, registers = Store(path), Registers(shipped_world("demo"))
    journal = Journal(store, registers)
    lists = [read_number_list(file)]

    def apply() -> None:
        journal.write(bulk_change(lists.pop(), None, listed=True), Origin.HTTP, 1.0)
        store.commit()

    seconds, _ = timed(apply)
    return {"seconds": seconds, "MB journal": path.stat().st_size / 1e6, "MB at most": peak()}


def restart(file: Path) -> dict[str, float]:
    from simulator.changing.journal import Journal
    from simulator.registry.registers import Registers
    from simulator.registry.world import shipped_world
    from simulator.store import Store

    store, registers = Store(file.with_suffix(".db")), Registers(shipped_world("demo"))
    before = memory()
    seconds, _ = timed(lambda: Journal(store, registers))
    return {"seconds": seconds, "MB kept": memory() - before, "MB at most": peak()}


STEPS: dict[str, Callable[[Path], dict[str, float]]] = {"read": read, "ask": ask, "change": change, "restart": restart}


def main() -> None:
    """Measures and prints the table."""
    numbers = int(sys.argv[1]) if len(sys.argv) > 1 else NUMBERS
    table = Table("step", "figures")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "list.txt"
        write(file, numbers)
        for step in STEPS:
            command = [sys.executable, "-m", "tests.benchmarks.blacklist", "--step", step, str(file)]
            figures = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
            table.add_row(step, "   ".join(f"{name} {value:,.4g}" for name, value in figures.items()))
    Console(width=120).print(table)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--step"]:
        print(json.dumps(STEPS[sys.argv[2]](Path(sys.argv[3]))))
    else:
        main()
