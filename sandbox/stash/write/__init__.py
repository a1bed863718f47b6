"""Mutations: validation, transactions, and the hooks that follow them."""
