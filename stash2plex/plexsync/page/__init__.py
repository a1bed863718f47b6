"""The parts of pages that are no tab of their own folder: badge, statistics, health, settings of an older version."""
