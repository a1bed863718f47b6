"""The boxes a list can come from, and the entity there."""
