"""Scheduled jobs over many pairs: what is asked for, what is due, and what the quota lets pass."""
