"""What workers of a fleet share over many machines, in Redis: standings and the budget."""
