"""Which column is input, which is label, and what task that makes."""
