"""The store for a closed .xlsx or .xlsm file: guarded reading, and changes cell by cell."""
