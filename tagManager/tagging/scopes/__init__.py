"""The scenes a sync covers."""
