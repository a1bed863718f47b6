"""A metadata provider for Plex: a process of its own, which answers Plex's questions from Stash."""
