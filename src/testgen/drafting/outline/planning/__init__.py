"""The second stage: the steps, result by result."""
