"""What Tag Manager does."""
