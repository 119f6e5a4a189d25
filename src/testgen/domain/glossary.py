"""A team's terms and style, which the model is told and the steps are checked against."""

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, ClassVar, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from testgen.domain.errors import InvalidInputError
from testgen.domain.test_case import problems_of
from testgen.messages import say

Ending = Literal["する", "すること", "ですます"]
Brackets = Literal["「」", "『』", "[]", '""', "【】"]


Word = Annotated[str, Field(min_length=1, max_length=200)]
MOST_WORDS = 5_000  # of the whole glossary; a review looks for each in every step
_UNKNOWN = say("no such field: remove it, or correct its name")


class Term(BaseModel):
    """One thing and the one name for it."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    term: Word
    instead_of: tuple[Word, ...] = Field((), max_length=50, description="Words not to use.")
    verb_forms: dict[Word, Word] = Field(
        default_factory=dict, max_length=50, description="Inflected form not to use -> the one to use."
    )


class HouseStyle(BaseModel):
    """How a team writes its steps; a field that is None is not checked."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    ending: Ending | None = Field(None, description="Ending of Japanese actions: 〜する, 〜すること or ですます.")
    brackets: Brackets | None = Field(None, description="What labels stand in.")
    granularity: Literal["single", "free"] | None = Field(None, description="free: several actions may share a step.")


class Glossary(BaseModel):
    """Terms and house style."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    subject: ClassVar[str] = say("the glossary")  # what errors call it

    terms: Annotated[tuple[Term, ...], Field(max_length=2000)] = ()
    style: HouseStyle = HouseStyle()

    @field_validator("terms")
    @classmethod
    def _bounded(cls, terms: tuple[Term, ...]) -> tuple[Term, ...]:
        count = sum(1 + len(entry.instead_of) + 2 * len(entry.verb_forms) for entry in terms)
        if count > MOST_WORDS:
            raise ValueError(
                say(
                    "contain {count:,} words; at most {most:,} are allowed: leave out words that never occur",
                    count=count,
                    most=MOST_WORDS,
                )
            )
        return terms

    @classmethod
    def parse(cls, data: object, *, source: str = "") -> Self:
        """Builds a glossary from plain data: `{terms: […], style: {…}, …}`, or a list of terms.

        Raises:
            InvalidInputError: one problem per wrong field.
        """
        try:
            return cls.model_validate({"terms": data} if isinstance(data, list) else data)
        except ValidationError as error:
            raise InvalidInputError(problems_of(error, _UNKNOWN), subject=cls.subject, source=source) from None

    def replacements(self) -> Mapping[str, str]:
        """Maps each word to avoid to the word to use, longer ones first."""
        return self._replacements

    @cached_property
    def _replacements(self) -> Mapping[str, str]:
        pairs = {word: entry.term for entry in self.terms for word in entry.instead_of}
        pairs |= {form: wanted for entry in self.terms for form, wanted in entry.verb_forms.items()}
        return dict(sorted(pairs.items(), key=lambda pair: -len(pair[0])))

    def words(self) -> str:
        """Every word of the glossary; a value that occurs here is not invented."""
        return "\n".join(word for entry in self.terms for word in (entry.term, *entry.verb_forms.values()))
