"""Whether the map of the future and the blueprint hold together."""
