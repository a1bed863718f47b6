"""A long life of all four plugins in compressed time; `./dev soak` runs it."""
