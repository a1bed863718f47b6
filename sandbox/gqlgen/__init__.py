"""GraphQL over HTTP as gqlgen serves it, the Go library that Stash and stash-box use."""
