"""The operator's HTTP side: what it accepted and refused, why, and its controls; in the same event loop as SMPP."""
