"""What marks in a cell stand for: the value above, or nothing."""

import unicodedata

SAME = {"同上", "上に同じ", "上記と同じ", "々", "sameasabove", "ditto", '"'}
MARKS = {"〃", "″", "”"}
NOTHING = {"-", "－", "ー", "―", "—", "–", "n/a"}
_RESULT = "expected"
_MAY_BE_NOTHING = {_RESULT, "test_data"}
_NEVER = {"id", "number", "verifies", "kind", "language", "readiness"}


def meant(field: str, text: str, above: str) -> str:
    """The text of a cell, given the value above it in its column.

    A dash or a ditto mark as an expected result says that there is none; the mark of an id says that the case goes on.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    key = "".join(plain.split()).casefold()
    if field in _MAY_BE_NOTHING and (key in NOTHING or plain in NOTHING):
        return ""
    same, mark = key in SAME or text.strip() in SAME, text.strip() in MARKS or plain in MARKS
    if not same and not mark:
        return text
    if field in _NEVER or (mark and field == _RESULT):
        return ""
    return above
