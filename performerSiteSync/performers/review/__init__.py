"""The review of a plan, and choosing values in it."""
