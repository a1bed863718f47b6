"""How doubted links of scenes are repaired: plans, the target that writes them, and tags that came through a link."""
