"""The scenes that a sync covers: all, a saved filter, a list of Stash, selected ones, or those of a performer or studio."""
