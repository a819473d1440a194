"""Reports: pandas over a run directory, told as an HTML page, CSV and JSON. They import `harness.results` only."""
