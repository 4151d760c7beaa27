"""Decides how the add-in for Excel is packed: a tab of buttons over the VBA of xlwings."""
