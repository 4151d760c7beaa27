"""The protocol that keeps a workbook and its shared copy in step: decide, then act."""
