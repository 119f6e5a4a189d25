"""A place where a rule applies, reported by a check or an engine. Only the reviewer turns it into a finding."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Hit:
    """`pointer` and `span` give the location; `values` fill the templates of the rule, in its plain wording or in a `variant`."""

    rule: str
    pointer: str
    step: int | None = None
    span: tuple[int, int] | None = None
    values: tuple[tuple[str, str], ...] = ()
    info: bool = False  # weaker than the rule's own severity
    excerpt: str = ""  # where the pointer is to no text
    variant: str = ""
