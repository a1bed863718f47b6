"""The scenes that a sync covers: all, those of a filter, selected ones, or those of a performer or studio."""
