"""GraphQL as the double runs it: graphql-core parses and validates, we execute level by level instead of row by row."""
