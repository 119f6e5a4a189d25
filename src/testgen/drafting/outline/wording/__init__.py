"""The third stage: steps in words."""
