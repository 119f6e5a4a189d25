"""Data that stand for one another: only one of them is used at a time."""

from testgen.drafting.outline.model import Datum
from testgen.text.normal import normalise

# Words by which the names of two data differ that are used together: first name and last name.
_BOTH = {
    "first", "last", "start", "end", "from", "to", "old", "new", "given", "family", "street", "house", "post", "zip", "e-mail",
    "mail", "user",
}  # fmt: skip


def is_variant(datum: Datum, data: list[Datum]) -> bool:
    """One of several of a kind: wrong secret, valid secret; only one of them is entered at a time."""
    words = set(normalise(datum.name).replace("_", " ").split())
    return any(
        len(words) > 1
        and words & (names := set(normalise(other.name).replace("_", " ").split()))
        and not (words ^ names) & _BOTH
        for other in data
        if other is not datum
    )
