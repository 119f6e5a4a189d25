"""Runs the real Pulumi program under mocks and records what it registers: for tests and for the diagram."""
