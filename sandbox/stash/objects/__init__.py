"""Resolvers for the fields of the library's objects."""
