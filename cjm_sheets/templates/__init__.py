"""What a new workbook looks like and what it holds: choices about maps, no file format."""
