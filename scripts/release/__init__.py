"""Building the zips, the manifests and the index."""
