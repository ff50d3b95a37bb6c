"""Many sources: worker processes, accounting, rejects, journal."""
