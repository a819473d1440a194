"""The operator's time: its clock, its calendar of working days, and what is due later."""
