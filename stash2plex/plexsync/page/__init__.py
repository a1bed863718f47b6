"""Badge, statistics, health, and the take-over of settings from an older version."""
