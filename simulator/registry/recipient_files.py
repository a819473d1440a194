"""The files of recipients that the lines of a configuration name, beside the configuration."""

from pathlib import Path
from typing import Any

from simulator.numbers.number_lists import NumberListError
from simulator.registry.recipients import Recipients


def read_recipients(folder: Path, table: dict[str, Any]) -> list[tuple[str, str]]:
    """Reads each line's `recipients_file` into its recipients; what is wrong with them, with paths."""
    faults = []
    lines = table.get("lines")
    for place, line in enumerate(lines if isinstance(lines, list) else ()):
        if not isinstance(line, dict) or not isinstance(name := line.pop("recipients_file", None), str):
            continue
        where = f"lines[{place}].recipients_file"
        if "recipients" in line:
            faults.append((where, "a line has recipients or a recipients_file, not both"))
            continue
        try:
            line["recipients"] = Recipients.read((folder / name).read_bytes())
        except NumberListError as error:
            faults.append((where, f"{name}:{error.line}: {error.why}"))
        except OSError as error:
            faults.append((where, f"{name}: {error.strerror}"))
    return faults
