"""Filters, searches, sorting and paging, with the SQL semantics of Stash (its surprises included)."""
