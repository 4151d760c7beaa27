"""Whether it is clear whose way this is."""
