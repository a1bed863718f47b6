"""The stash-box double; start with `sandbox.stashbox.server.StashBox`."""
