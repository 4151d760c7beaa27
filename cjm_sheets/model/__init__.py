"""Frozen values of the field of journey mapping."""
