"""The meaning of marks in a cell: the value above, or nothing."""

import unicodedata

SAME = {"同上", "上に同じ", "上記と同じ", "々", "sameasabove", "ditto", '"'}
MARKS = {"〃", "″", "”"}
NOTHING = {"-", "－", "ー", "―", "—", "–", "n/a", "n.a.", "na"}
_RESULT = "expected"
_CONDITIONS = {"preconditions", "postconditions"}
_MAY_BE_NOTHING = {_RESULT, "expected_results", "test_data", "case_data", *_CONDITIONS}
_NO_CONDITION = {"なし", "無し", "特になし", "none"}
_NEVER = {"id", "number", "verifies", "kind", "language", "readiness"}


def meant(field: str, text: str, above: str) -> str:
    """The text of a cell, given the value above it in its column.

    A dash says that there is no result, no data, no condition, as 「なし」 does of a condition; so does a ditto mark as an expected
    result. As an id, the mark means that the case continues.
    """
    if not text:  # most cells of most sheets
        return ""
    plain = unicodedata.normalize("NFKC", text).strip()
    key = "".join(plain.split()).casefold()
    if field in _MAY_BE_NOTHING and is_nothing(plain):
        return ""
    if field in _CONDITIONS and key in _NO_CONDITION:
        return ""
    same, mark = key in SAME or text.strip() in SAME, text.strip() in MARKS or plain in MARKS
    if not same and not mark:
        return text
    if field in _NEVER or (mark and field == _RESULT):
        return ""
    return above


def is_nothing(text: str) -> bool:
    """Whether a text is only a dash."""
    plain = unicodedata.normalize("NFKC", text).strip()
    return plain in NOTHING or "".join(plain.split()).casefold() in NOTHING
