"""The progress of a scene in Whisparr: the search, the reasons why it waits, the releases, the history."""
