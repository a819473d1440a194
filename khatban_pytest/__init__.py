"""Khatban in pytest."""
