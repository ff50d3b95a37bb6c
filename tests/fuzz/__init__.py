"""Damaged and hostile input for the readers."""
