"""What workers of a fleet share on one machine, in SQLite files: standings and the budget."""
