"""Should this DSPy program be fine-tuned? A terminal advisor that decides, runs and proves it."""
