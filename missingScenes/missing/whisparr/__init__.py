"""Scenes added to Whisparr, their status there, and the clean-up."""
