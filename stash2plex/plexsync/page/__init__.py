"""The plugin's page and its tasks: comparison, statistics, health, badge."""
