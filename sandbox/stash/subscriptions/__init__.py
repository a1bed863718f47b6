"""Subscriptions: the events, and the websocket that carries them."""
