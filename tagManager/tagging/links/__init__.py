"""Links between tags of the library and tags of stash-boxes."""
