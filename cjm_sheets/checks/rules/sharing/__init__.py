"""Whether the workbook and its shared copy have something left to settle."""
