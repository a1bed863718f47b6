"""Work that outlives a call: the outbox and its drain."""
