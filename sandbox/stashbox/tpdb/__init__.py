"""The double of TPDB, which speaks a dialect of the stash-box schema and has a REST twin."""
