"""The queue of scenes to sync: its page, its tasks, and the worker that sends one entry after another."""
