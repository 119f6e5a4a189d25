"""The engine that works by rules: reading, planning, wording."""

from testgen.drafting.outline.engine import OutlineEngine, outline

__all__ = ["OutlineEngine", "outline"]
