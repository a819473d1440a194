"""Commands that talk to a running operator by HTTP, as anybody else does."""
