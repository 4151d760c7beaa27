"""The rules: one in a file, found by their place in this package."""
