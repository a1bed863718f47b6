"""Stash's package manager and the sources it installs from."""
