"""Finds the parts of a team's knowledge that a test case needs, and the example that is most similar to it."""
