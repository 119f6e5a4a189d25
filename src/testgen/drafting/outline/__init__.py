"""The engine that works by rules: reading, planning, wording."""

from testgen.drafting.outline.engine import OutlineEngine, outline
from testgen.drafting.outline.explain import Explained, explain

__all__ = ["Explained", "OutlineEngine", "explain", "outline"]
