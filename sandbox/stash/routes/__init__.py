"""Routes beside GraphQL: plugin files, pictures, the login page and the web pages."""
