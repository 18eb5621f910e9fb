"""The closer look: what a second pass shows."""
