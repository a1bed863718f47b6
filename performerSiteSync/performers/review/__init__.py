"""The review of a plan on the Sync tab, and choosing values in it."""
