"""The harness: drives real SMPP clients against the operator by scenario files and leaves a run directory behind."""
