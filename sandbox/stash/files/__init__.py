"""Files on disk, and the scan that finds them."""
