"""The choice of the box a list comes from, and the look-up of a performer, studio or tag there."""
