"""The message centre: what is decided of every request, and the operator around it, without doors."""
