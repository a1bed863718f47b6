"""The commands behind ./dev and the build of the four zips."""
