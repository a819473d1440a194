"""The shipped scenarios, as data: YAML files by family, read by `harness.scenario_files`."""
