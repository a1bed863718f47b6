"""Whisparr: adding scenes, their status, exclusions, the clean-up, and the scan for downloads."""
