"""What an expert would look for on a journey map, as rules."""
