"""Handlers of the sample plugin."""
