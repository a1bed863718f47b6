"""The plugin host: manifests, processes, hooks, tasks and operations as Stash runs them."""
