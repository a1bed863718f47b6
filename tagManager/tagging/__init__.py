"""Tag Manager: links between tags and stash-boxes, and the sync of tags onto scenes."""
