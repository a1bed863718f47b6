"""The plugins of the bundle for each other: whichever is started lets the others do what is due."""
