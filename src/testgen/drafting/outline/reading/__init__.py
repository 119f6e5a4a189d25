"""The first stage: a case as facts."""
