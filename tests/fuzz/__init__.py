"""Coverage-guided fuzzing: longer proofs than the tests, run by `make fuzz` for a bounded time."""
