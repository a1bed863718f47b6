"""The inner package of Stash2Plex: keeps items of Plex equal to scenes of Stash."""
