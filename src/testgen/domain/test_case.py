"""The input: what is to be tested (ISO/IEC/IEEE 29119-3, test case specification)."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, ClassVar, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from testgen.config import LanguageChoice
from testgen.domain.custom import HALF, Custom
from testgen.domain.errors import FieldProblem, InvalidInputError
from testgen.domain.faults import words_for
from testgen.domain.language import Language, detect_language
from testgen.messages import say

MAX_ID = 200
MAX_TITLE = 300
MAX_ENTRIES = 50
MAX_ENTRY = 2_000
MOST_PROBLEMS = 50


def _text_only(value: Any) -> Any:
    if isinstance(value, bool | int | float):
        raise ValueError(say("put it in quotes: as a number or boolean a leading zero or a trailing dot would be lost"))
    return value


Entry = Annotated[str, Field(min_length=1, max_length=MAX_ENTRY)]
Entries = Annotated[tuple[Entry, ...], Field(max_length=MAX_ENTRIES)]
Datum = Annotated[str, BeforeValidator(_text_only), Field(max_length=MAX_ENTRY)]
ShortText = Annotated[str, Field(max_length=300)]
TestData = Annotated[dict[ShortText, Datum], Field(max_length=MAX_ENTRIES)]


class TestCase(BaseModel):
    """One test case. Unknown fields are refused by name, so that a misspelt one is never silently lost."""

    __test__: ClassVar[bool] = False  # pytest would take the class for a test
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    id: Annotated[
        str, BeforeValidator(_text_only), Field(min_length=1, max_length=MAX_ID, description="Your id, e.g. TC-001.")
    ]
    title: Annotated[str, Field(min_length=1, max_length=MAX_TITLE, description="What the case is called.")]
    objective: Annotated[str, Field(max_length=MAX_ENTRY)] | None = Field(
        None, description="Why the case exists: what it checks."
    )
    preconditions: Entries = Field((), description="What must be true before the first step.")
    test_data: TestData = Field(default_factory=dict, description="Name -> value; values are strings.")
    specification: Annotated[str, Field(max_length=20_000)] | None = Field(
        None, description="The part of the specification under test, free text or Markdown."
    )
    expected_results: Annotated[Entries, Field(min_length=1)] = Field(
        description="What must be observed, one entry each."
    )
    postconditions: Entries = Field((), description="Clean-up wanted after the test.")
    section: Entries = Field((), description="大項目 / 中項目 / 小項目, or the path of the suite.")
    type: ShortText | None = Field(None, description="正常系, 異常系, …")
    priority: ShortText | None = None
    tags: Entries = ()
    references: Entries = Field((), description="Ids of the requirements covered.")
    custom: Custom = Field(default_factory=dict, description="Your own columns, carried through untouched.")
    language: LanguageChoice = Field("auto", description="Language of the procedure.")

    @classmethod
    def parse(cls, data: Any, *, source: str = "") -> Self:
        """Builds a case from plain data.

        Raises:
            InvalidInputError: one problem per wrong field, each with its JSON pointer and the remedy.
        """
        try:
            return cls.model_validate(data)
        except ValidationError as error:
            problems = problems_of(error)
            raise InvalidInputError(problems, subject=say("the test case"), source=source) from None

    def resolved_language(self, default: LanguageChoice = "auto") -> Language:
        """The language to write in: the language of the case, or else `default`, or else the language of the text."""
        for choice in (self.language, default):
            if choice != "auto":
                return choice
        return detect_language("\n".join(self.texts()))

    def texts(self) -> Iterator[str]:
        """Every text of the case that may contain facts: prose first, then the names and values of the data."""
        yield self.title
        yield from filter(None, (self.objective, self.specification))
        yield from (*self.preconditions, *self.expected_results, *self.postconditions)
        for name, value in self.test_data.items():
            yield from (name, value)

    def sha256(self) -> str:
        """Fingerprint of the whole case, in hex."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()


def problems_of(error: ValidationError, unknown: str = "") -> tuple[FieldProblem, ...]:
    """Pydantic's errors in testgen's words: pointer, value and what to do. `unknown` says what to do with an unknown field, if that
    differs from what a test case needs."""
    details = error.errors(include_url=False)
    refused = {
        detail["loc"][:-1] for detail in details
    }  # that a list is too short is no news where its entries were refused
    told = [detail for detail in details if detail["type"] != "too_short" or detail["loc"] not in refused]
    return bounded([problem_of(detail, unknown) for detail in told[: MOST_PROBLEMS + 1]], len(told))


def bounded(problems: Sequence[FieldProblem], count: int) -> tuple[FieldProblem, ...]:
    """The first problems, and the number of further ones, because nobody fixes thousands of fields one by one."""
    if count <= MOST_PROBLEMS:
        return tuple(problems)
    more = FieldProblem(
        "", say("and {count:,} more fields are wrong: correct these first", count=count - MOST_PROBLEMS)
    )
    return (*problems[:MOST_PROBLEMS], more)


_NO_OBJECT = {"model_type", "model_attributes_type"}


def problem_of(detail: Mapping[str, Any], unknown: str = "") -> FieldProblem:
    """One of pydantic's errors in testgen's words; see `problems_of`."""
    pointer = "".join("/" + printable(str(part)).replace("~", "~0").replace("/", "~1") for part in detail["loc"])
    kind = str(detail["type"])
    if kind in ("too_long", "too_short") and isinstance(detail.get("input"), str):
        kind = "string_" + kind  # what pydantic says of a text that a validator has seen before
    if kind == "string_type" and isinstance(detail.get("input"), dict | list | tuple):
        kind = "text_type"  # which quotes make no text of
    if kind in _NO_OBJECT:
        message: str = say("is not an object with fields such as id, title and expected_results")
    elif kind == "string_unicode":
        message = HALF
    elif kind == "extra_forbidden" and unknown:
        message = unknown
    else:
        message = words_for(kind, detail.get("ctx", {}), str(detail["msg"]))
    # What is no object at all may be anybody's file, which settings of a stranger named: it is not shown.
    unshown = kind == "missing" or (not pointer and kind in _NO_OBJECT)
    return FieldProblem(pointer, message, "" if unshown else shorten(detail.get("input")))


def printable(text: str) -> str:
    """The text without lone surrogates, which no encoding can represent."""
    return text.encode("utf-8", "replace").decode()


def shorten(value: Any, limit: int = 60) -> str:
    """A value in a form fit for an error message: short and on one line."""
    text = value if isinstance(value, str) else "" if isinstance(value, dict | list | tuple) else repr(value)
    text = " ".join(printable(text).split())
    return text if len(text) <= limit else text[: limit - 1] + "…"
