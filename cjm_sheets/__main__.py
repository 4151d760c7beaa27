"""Lets the command be run as a module: python -m cjm_sheets."""

from cjm_sheets.cli.main import main

main(prog_name="cjm-sheets")
