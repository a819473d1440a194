"""Benchmarks: each prints ratios of figures measured in one run, for the machines drift and ratios hold."""
