"""The Drive interface: files, sharing, comments, revisions, changes, exports, uploads."""
