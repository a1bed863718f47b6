"""What Whisparr does about a scene: searching, the reasons why it waits, the releases, the history."""
