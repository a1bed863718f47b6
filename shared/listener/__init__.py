"""The listener: a script that Stash runs inside itself after a save, and the check that Stash has it and uses it."""
