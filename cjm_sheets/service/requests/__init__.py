"""The requests of ``batchUpdate``: one family a module, each known to the registry by its name."""
