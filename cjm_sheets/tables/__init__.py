"""How a journey map lies in the rows and columns of a spreadsheet."""
