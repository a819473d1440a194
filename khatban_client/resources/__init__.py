"""The resources of the operator's HTTP API, one a file; `khatban_client.operator.Operator` has them all."""
