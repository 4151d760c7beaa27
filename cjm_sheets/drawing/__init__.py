"""The wall map: geometry first, then SVG and one self-contained page."""
