"""The embedded engine: procedures by rules, without a model (DESIGN section 11)."""

from testgen.drafting.outline.engine import OutlineEngine, outline

__all__ = ["OutlineEngine", "outline"]
