"""Modules of ours that need an extra: imported when they are wanted, so that nobody else needs it."""

from importlib import import_module
from types import ModuleType

from simulator.export.errors import ExportError


def import_with_extra(module: str, extra: str) -> ModuleType:
    """A module by its full name.

    Raises:
        ExportError: What the extra brings is not installed.
    """
    try:
        return import_module(module)
    except ImportError as error:
        msg = f"this needs an extra: pip install 'khatban[{extra}]' ({error})"
        raise ExportError(msg) from error
