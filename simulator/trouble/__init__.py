"""Faults: what goes wrong on purpose, for whom, when, and by which instructions to a connection."""
