"""Completeness: how many scenes of each linked performer and studio the library owns."""
