"""What developers run beside the operator; no part of the package that is installed."""
