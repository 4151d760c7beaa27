"""Whether the map rests on what customers said and did."""
