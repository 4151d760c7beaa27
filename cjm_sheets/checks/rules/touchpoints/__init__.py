"""Whether each step of the way says enough, and from the customer's side."""
