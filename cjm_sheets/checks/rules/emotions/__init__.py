"""Whether the moods on the map are there, have reasons, and fit what is known."""
