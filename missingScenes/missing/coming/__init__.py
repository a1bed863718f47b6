"""Scenes of favorites that are not released yet."""
