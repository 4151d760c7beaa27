"""Whether the map still shows how things are."""
