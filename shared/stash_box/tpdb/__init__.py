"""ThePornDB's REST interface, for the lists that its GraphQL does not have."""
