"""Repairs of doubted links of scenes: plans, the target that writes them, and tags that came through a link."""
