"""A copy of Stash's database, made by Stash before a large change: the offer in the question, the copy in the task."""
