"""Prepares Superset for Millrace, and talks to it from outside."""
