"""The page about the faults, made of their list: `python -m tools.faults_page > docs/faults.md`.

A test holds the page to what is made here.
"""

import json
import sys
from types import ModuleType
from typing import Final

from simulator.trouble.fault import Fault, Parameter, fault_name, parameters_of
from simulator.trouble.faults import FAMILIES
from simulator.trouble.magic_numbers import MAGIC_NUMBERS

_INTRODUCTION: Final = """\
# Faults

What real operators do wrong, on demand. Nothing is on unless it is asked for: by the world, by a scenario, over HTTP,
or by a magic number. This page is made by `python -m tools.faults_page`.

## Switching on and off

In a world file, or in `given.world` of a scenario:

```toml
[[faults]]
name = "late-response"
after = 2.0                                              # the fault's own parameter
scope = { account = "panel", line = "3000200020", destination = "98912*" }
share = 0.1                                              # of the occasions, drawn from the seed
count = 5                                                # bites, then it ends
span = 60.0                                              # seconds, then it ends
```

Over HTTP, with the same keys:

```sh
curl localhost:8775/api/v1/faults                        # what there is, what is on, how often it bit
curl localhost:8775/api/v1/faults --json '{"name": "late-response", "after": 2.0, "count": 5}'
curl -X DELETE localhost:8775/api/v1/faults/1
curl -X DELETE localhost:8775/api/v1/faults
```

`scope`, `share`, `count` and `span` may be left out: for everybody, always, until it is switched off. A scope names
what is known when the fault bites: any of its keys for a message and its receipt, the account for a session, nothing
for a connection on which nobody has bound yet. A reset switches off everything but what its world switches on.

A PDU meets at most one fault: the first that is on, has to do with it, and is drawn. The same seed and the same traffic
meet the same faults. Whatever an ESME is told, the message is decided on and stored before, unless the fault turns it
away as what comes too fast is turned away.

What a fault makes up itself (a receipt, an unbind, a request that nobody knows) has sequence numbers from 0x7E000001
on; the answers to it change nothing.
"""

_MAGIC: Final = """\
## Magic numbers

In a world with `magic_suffixes = true`, as the demo world has it, a message to a number that ends with 0099 and one of
these codes meets a fault, behind any mobile prefix: 98912 0099 101 is throttled. The fault is always on for that
number; a fault that was switched on and has to do with it comes first.

| number | fault | with |
|---|---|---|
"""


_HEXADECIMAL: Final = ("status", "tag", "command_id", "length", "version")
_COLUMNS: Final = "| fault | what an ESME sees | parameters | asked for in |\n|---|---|---|---|\n"


def page() -> str:
    """The whole page."""
    return "\n".join([_INTRODUCTION, *(_family(family) for family in FAMILIES), _MAGIC + _magic_rows()])


def _family(family: ModuleType) -> str:
    title, _, more = (family.__doc__ or "").strip().partition("\n")
    kinds: tuple[type[Fault], ...] = family.FAULTS
    about = f"{' '.join(more.split())}\n\n" if more.strip() else ""
    rows = "\n".join(_row(kind) for kind in kinds)
    return f"## {title.rstrip('.')}\n\n{about}{_COLUMNS}{rows}\n"


def _row(kind: type[Fault]) -> str:
    parameters = "; ".join(map(_parameter, parameters_of(kind)))
    return f"| `{fault_name(kind)}` | {kind.__doc__} | {parameters or '–'} | {kind.threads or '–'} |"


def _value(name: str, value: object) -> str:
    if value is None:
        return "none"
    return f"0x{value:X}" if name in _HEXADECIMAL and isinstance(value, int) else json.dumps(value)


def _parameter(parameter: Parameter) -> str:
    name, default, choices = parameter
    return f"`{name}` = {_value(name, default)}" + (f" (of: {', '.join(choices)})" if choices else "")


def _magic_rows() -> str:
    return "".join(
        f"| …{suffix[:4]} {suffix[4:]} | `{fault.name}` | {_changed(fault)} |\n"
        for suffix, fault in MAGIC_NUMBERS.items()
    )


def _changed(fault: Fault) -> str:
    changed = fault.model_dump(exclude_defaults=True, exclude={"name"})
    return ", ".join(f"`{name}` = {_value(name, value)}" for name, value in changed.items()) or "–"


if __name__ == "__main__":
    sys.stdout.write(page())
