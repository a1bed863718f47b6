"""The cleaning room: plans that take unwanted, implied, withdrawn and unused tags away, and merge look-alikes."""
