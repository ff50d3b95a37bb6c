"""Accuracy of the reading, measured on the test bed."""
