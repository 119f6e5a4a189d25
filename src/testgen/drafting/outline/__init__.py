"""The embedded engine: procedures by rules, without a model."""

from testgen.drafting.outline.engine import OutlineEngine, outline

__all__ = ["OutlineEngine", "outline"]
