"""What Missing Scenes does."""
