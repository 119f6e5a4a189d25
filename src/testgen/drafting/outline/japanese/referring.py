"""A result that points to numbered requirements of the specification instead of telling what is seen: R1〜R3のとおり."""

import re

_REFERS = re.compile(
    r"(?:仕様|要件|項番|No\.?)?\s?(?P<first>[A-Za-z]{0,4}[-.]?(?P<low>\d{1,2}))(?:(?:[〜～~]|から)[A-Za-z]{0,4}[-.]?(?P<high>\d{1,2}))?\s?(?:の|に記載の)(?:とおり|通り)"
)
_MOST = 8  # requirements that one result points to


def referred(text: str, specification: str) -> list[str]:
    """The requirements that a result points to, without their numbers; none where it points to none or to too many."""
    found = _REFERS.match(text)
    if not found:
        return []
    low, high = int(found["low"]), int(found["high"] or found["low"])
    kind = re.escape(found["first"].removesuffix(found["low"]))
    told = []
    for number in range(low, min(high, low + _MOST - 1) + 1):
        line = re.search(rf"(?m)^[\s・*-]*{kind}0?{number}(?!\d)[\s.:：)）、]*(?P<said>\S.*)$", specification)
        told += [line["said"]] if line else []
    return told if len(told) == high - low + 1 else []
