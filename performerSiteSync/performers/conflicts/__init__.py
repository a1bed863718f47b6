"""What a person must decide, and the decisions made."""
