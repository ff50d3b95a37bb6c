"""What a plugin's author is helped with: scaffold, trial, review, list of layouts, work list."""
