"""New scenes of favorites: found at the boxes once a day, and told once."""
