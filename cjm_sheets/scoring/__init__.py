"""Scores of pains, how firm their ranking is, and the other figures of the live formulas."""
