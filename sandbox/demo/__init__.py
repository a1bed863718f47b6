"""The seeded demo world: what exists, and which part of it the library owns."""
