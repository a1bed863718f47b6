"""Overview and report."""
