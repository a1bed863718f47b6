"""Tags of the library: list, hierarchy, categories, merge and import."""
