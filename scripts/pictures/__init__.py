"""The pictures of every page: which pages there are, and a browser that walks through them."""
