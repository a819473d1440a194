"""Why an export cannot be made."""


class ExportError(Exception):
    """An export that cannot be made; the message says why, and holds no password. Nothing was written."""
