"""Profiles: how an operator answers, each value with what it stands on; the shipped ones are in `shipped/`."""
