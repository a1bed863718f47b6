"""The parts on Stash's own pages, if they are switched on: a row on the front page, completeness on cards."""
