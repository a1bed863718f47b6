"""Setting up a checkout: packages, Node.js, browser."""
