"""The policy: what the rules forbid, on which clauses they stand, and the engine that asks them."""
