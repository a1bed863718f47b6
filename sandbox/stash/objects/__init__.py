"""Who resolves which field of the library's objects."""
