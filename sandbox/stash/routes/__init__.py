"""What the double serves beside GraphQL: plugin files, pictures, the login page and the web pages."""
