"""Doubles of the services the plugins talk to, for the demo, tests and benchmarks."""
