"""Decides how large a workbook may be before we refuse to read it.

Far above any journey map (100,000 touchpoints with 30 columns pass), far below what would fill a
machine: the reader behind the guard takes up to 32 bytes for every cell of the rectangle that the
used cells of a sheet span, and aborts the process if it cannot have them.
"""

FILE = 256 << 20
"""Bytes of the file."""

PARTS = 20_000
"""Entries of the archive."""

UNPACKED = 400 << 20
"""Bytes of all XML parts together."""

SMALL_PART = 16 << 20
"""Bytes of a part that is no sheet and no table of strings; also where ratios begin to count."""

RATIO = 100
"""How many times larger than packed a part above SMALL_PART may be."""

LINES, COLUMNS = 1_048_576, 16_384
"""Lines and columns of a sheet, as Excel has them."""

CELLS = 12_000_000
"""Cells of the rectangles that the sheets' used cells span, together."""

SPARSE_CELLS = 3_000_000
"""Cells that a rectangle may have whatever it holds; a larger one must be used to a 30th."""

USED = 30

MERGED = 2_000_000
"""Cells of one merged range."""
