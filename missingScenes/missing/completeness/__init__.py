"""How many scenes of each performer and studio are in the library."""
