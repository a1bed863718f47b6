"""Files that the library has without a link to a box: compared with the box by their fingerprints."""
