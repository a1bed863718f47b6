"""The figures of the Overview tab and the start page."""
