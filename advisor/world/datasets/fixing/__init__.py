"""A cleaned copy, with a reason for every change."""
