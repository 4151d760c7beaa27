"""Whether the map can be read as written: sheets, ids, references, values."""
