"""The doubles' schemas: reading them, trimming them to a release, comparing them with the real ones."""
