"""Train, dev and test."""
