"""Which scene of a box a local file is: fingerprints and lengths compared."""
