"""Khatban's operator: an SMPP message centre that judges every message by the rules of the Iranian market."""

__version__ = "0.1.0.dev0"
