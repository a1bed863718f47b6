"""The queue of scenes to sync, and the worker that works it off."""
