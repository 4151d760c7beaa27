"""How two copies of a map that were edited apart become one."""
