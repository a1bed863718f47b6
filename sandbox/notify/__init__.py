"""A double of the services that take messages: ntfy, Gotify, Discord, Telegram, Apprise API, and a JSON address."""
