"""A double of Stash: a real HTTP server with state, a plugin host and a job queue."""
