"""Tests, and the test bed that makes their reports."""
