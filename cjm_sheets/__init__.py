"""Customer journey maps that live in a spreadsheet."""

__version__ = "0.1.0"
