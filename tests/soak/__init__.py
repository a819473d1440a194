"""What takes its time: an operator that is killed again and again under load. `make kill`."""
