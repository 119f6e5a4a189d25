"""A team's words and style: what steps are written in, checked against, and what the model is told."""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from testgen.domain.errors import InvalidInputError
from testgen.domain.test_case import problems_of

Ending = Literal["する", "すること", "ですます"]
Brackets = Literal["「」", "『』", "[]", '""', "【】"]


class Term(BaseModel):
    """One thing and its one name."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    term: Annotated[str, Field(min_length=1, max_length=200)]
    instead_of: tuple[Annotated[str, Field(min_length=1, max_length=200)], ...] = Field(
        (), description="Words not to use."
    )
    verb_forms: dict[str, str] = Field(default_factory=dict, description="Inflected form not to use -> the one to use.")


class HouseStyle(BaseModel):
    """How a team writes its steps; what is None is not checked."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    ending: Ending | None = Field(None, description="Ending of Japanese actions: 〜する, 〜すること or ですます.")
    brackets: Brackets | None = Field(None, description="What labels stand in.")
    granularity: Literal["single", "free"] | None = Field(None, description="free: several actions may share a step.")


class Glossary(BaseModel):
    """Terms and house style."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    terms: Annotated[tuple[Term, ...], Field(max_length=2000)] = ()
    style: HouseStyle = HouseStyle()

    @classmethod
    def parse(cls, data: object, *, source: str = "") -> Self:
        """Builds a glossary from plain data: `{terms: […], style: {…}}`, or a list of terms.

        Raises:
            InvalidInputError: one problem a wrong field.
        """
        try:
            return cls.model_validate({"terms": data} if isinstance(data, list) else data)
        except ValidationError as error:
            raise InvalidInputError(problems_of(error), subject="the glossary", source=source) from None

    def replacements(self) -> dict[str, str]:
        """Word not to use -> word to use, longer ones first."""
        pairs = {word: entry.term for entry in self.terms for word in entry.instead_of}
        pairs |= {form: wanted for entry in self.terms for form, wanted in entry.verb_forms.items()}
        return dict(sorted(pairs.items(), key=lambda pair: -len(pair[0])))

    def words(self) -> str:
        """Every word of the glossary: a value that stands here is no invention."""
        return "\n".join(word for entry in self.terms for word in (entry.term, *entry.verb_forms.values()))
