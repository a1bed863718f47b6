"""A scene's page in Stash: the tags that one scene lacks."""
