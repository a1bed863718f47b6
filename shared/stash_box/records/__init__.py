"""Records of a stash-box as typed values, and how its JSON is parsed."""
