"""What builds the tools for tests and what generates parts of the documentation."""
