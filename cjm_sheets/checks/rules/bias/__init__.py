"""Whether the map shows the customer's whole way, and not only the company's side of it."""
