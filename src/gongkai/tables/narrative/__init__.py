"""The six sections of a report and the prose in them: their headings, and where they end."""
