"""Rows out of any file or folder."""
