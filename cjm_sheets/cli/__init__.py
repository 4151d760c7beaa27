"""How people speak to the program from a terminal: parse, call, print."""
