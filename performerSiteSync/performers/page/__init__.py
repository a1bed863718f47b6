"""The Overview and Report tabs, and the check of the settings."""
