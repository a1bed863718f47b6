"""Code that two or more plugins need; vendored into every zip."""
