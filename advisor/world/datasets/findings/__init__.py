"""What the counts mean, in sentences."""
