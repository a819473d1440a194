"""Which Khatban this is."""

from importlib import metadata


def khatban_version() -> str:
    """The version that is installed, or that none is."""
    try:
        return metadata.version("khatban")
    except metadata.PackageNotFoundError:
        return "not installed"
