"""Measuring the repository: style, imports, files, coverage."""
