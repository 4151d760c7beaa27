"""What the program needs of the outside world."""
