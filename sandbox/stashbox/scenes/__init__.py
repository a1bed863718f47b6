"""The scenes of a box: an index, the list with its filters, and votes on fingerprints."""
