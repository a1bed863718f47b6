"""What the plugin shows on Stash's own pages, if it is switched on: a row on the front page, completeness on cards."""
