"""What a team writes down once about its product, so that no test case has to repeat it."""

import hashlib
from collections.abc import Iterator
from typing import Annotated, Any, ClassVar, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator

from testgen.domain.glossary import Glossary, Word
from testgen.domain.procedure import Procedure
from testgen.domain.secrets import WHY, names_a_secret, tells_a_secret
from testgen.domain.test_case import Datum
from testgen.messages import say

MOST_TEXTS = 10_000  # of everything but terms and examples; a review looks for each in every step
MOST_EXAMPLES = 50
Text = Annotated[str, Field(min_length=1, max_length=1_000)]
_Blank = BeforeValidator(lambda value: None if isinstance(value, str) and not value.strip() else value)
Words = Annotated[tuple[Word, ...], Field(max_length=200)]


def _refuse_secrets(data: Any) -> Any:
    """Runs before the fields are checked: an unknown field is no reason to overlook a password."""
    names = [name for name in data if isinstance(name, str) and names_a_secret(name)] if isinstance(data, dict) else []
    if names:
        raise ValueError(f"{names[0]!r} {WHY}")
    return data


class _Told(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    _without_secrets = model_validator(mode="before")(_refuse_secrets)

    @model_validator(mode="after")
    def _tells_no_secret(self) -> Self:
        """Names the field and never its text, which would show the secret."""
        for name, value in self:
            if any(map(tells_a_secret, (value,) if isinstance(value, str) else value or ())):
                raise ValueError(f"{name} {WHY}")
        return self


class Screen(_Told):
    """A screen, page or panel of the product: how a tester opens it, and what it contains."""

    name: Word
    open: Annotated[Text | None, _Blank] = Field(None, description="How to reach it: menus and links, or the address.")
    shows: Words = Field((), description="What is seen there: lists, messages, states, labels.")
    fields: Words = Field((), description="What can be entered or chosen there.")

    def texts(self) -> Iterator[str]:
        """All texts of the screen."""
        yield from filter(None, (self.name, self.open, *self.shows, *self.fields))


class SharedStep(_Told):
    """One step of a group that many procedures share."""

    action: Text
    test_data: Annotated[str, Field(max_length=1_000)] | None = None
    expected_result: Annotated[str, Field(max_length=1_000)] = ""

    def texts(self) -> Iterator[str]:
        """All texts of the step."""
        yield from filter(None, (self.action, self.test_data, self.expected_result))


class Account(_Told):
    """An account in the test environment. Passwords are refused: the file is shared, and a model reads it."""

    name: Word
    role: Annotated[Word | None, _Blank] = Field(None, description="What it may do: 管理者, approver.")
    note: Annotated[Text | None, _Blank] = Field(
        None, description="What else a tester must know: where the password is kept, for example."
    )

    def texts(self) -> Iterator[str]:
        """All texts of the account."""
        yield from filter(None, (self.name, self.role, self.note))


def _step(value: Any) -> Any:
    return {"action": value} if isinstance(value, str) else value


SharedSteps = Annotated[tuple[Annotated[SharedStep, BeforeValidator(_step)], ...], Field(min_length=1, max_length=30)]


class Knowledge(Glossary):
    """Terms and style as in a glossary, and in addition screens, shared steps, accounts, data and examples."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    subject: ClassVar[str] = say("the knowledge")

    screens: Annotated[tuple[Screen, ...], Field(max_length=1_000)] = ()
    shared_steps: Annotated[dict[Word, SharedSteps], Field(max_length=500)] = Field(
        default_factory=dict, description="Name -> steps; a case that says the name means these steps."
    )
    accounts: Annotated[tuple[Account, ...], Field(max_length=500)] = ()
    data: Annotated[dict[Word, Datum], Field(max_length=1_000)] = Field(
        default_factory=dict, description="What exists in the test environment: name -> value, without passwords."
    )
    examples: Annotated[tuple[Word | Procedure, ...], Field(max_length=MOST_EXAMPLES)] = Field(
        (), description="Procedures that the team likes; in a file also paths of files with procedures."
    )

    @field_validator("data", mode="before")
    @classmethod
    def _no_secrets(cls, data: Any) -> Any:
        told = data.items() if isinstance(data, dict) else ()
        if secret := next((name for name, value in told if isinstance(value, str) and tells_a_secret(value)), None):
            raise ValueError(f"{str(secret)!r} {WHY}")
        return _refuse_secrets(data)

    @field_validator("screens", "accounts")
    @classmethod
    def _named_once(cls, entries: tuple[Any, ...]) -> tuple[Any, ...]:
        names = [entry.name for entry in entries]
        if twice := next((name for at, name in enumerate(names) if name in names[:at]), None):
            raise ValueError(say("has {twice!r} twice: put everything about it into one entry", twice=twice))
        return entries

    @model_validator(mode="after")
    def _not_too_many(self) -> Self:
        count = sum(1 for _ in self.told())
        if count > MOST_TEXTS:
            raise ValueError(
                say(
                    "contains {count:,} texts; at most {most:,} are allowed: leave out what no case needs",
                    count=count,
                    most=MOST_TEXTS,
                )
            )
        return self

    def told(self) -> Iterator[str]:
        """All texts except those of terms and examples."""
        for screen in self.screens:
            yield from screen.texts()
        for name, steps in self.shared_steps.items():
            yield name
            for step in steps:
                yield from step.texts()
        for account in self.accounts:
            yield from account.texts()
        for name, value in self.data.items():
            yield from (name, value)

    def sha256(self) -> str | None:
        """Fingerprint of the whole content, in hex; None if there is none."""
        told = self.model_dump_json(exclude_defaults=True)
        return hashlib.sha256(told.encode()).hexdigest() if told != "{}" else None

    def words(self) -> str:
        """Every text that a value or label of a procedure may come from; examples do not count, because they are about another case."""
        return "\n".join(filter(None, (super().words(), *self.told())))

    def procedures(self) -> tuple[Procedure, ...]:
        """The examples that are included; paths are resolved by whoever reads the file."""
        return tuple(example for example in self.examples if isinstance(example, Procedure))

    def fault_of_examples(self) -> str:
        """What is wrong with the examples for a service, empty where nothing is: a path is of a file on the client's machine, and the
        service reads no file for a client."""
        path = next((entry for entry in self.examples if isinstance(entry, str)), None)
        if path is None:
            return ""
        return say("names the file {path!r} among its examples: put the procedure itself there", path=path)

    def with_glossary(self, glossary: Glossary | None) -> "Knowledge":
        """The same, with the terms of a glossary before its own, and with the glossary's style if it has one."""
        if glossary is None:
            return self
        own = {entry.term for entry in glossary.terms}
        terms = (*glossary.terms, *(entry for entry in self.terms if entry.term not in own))
        style = self.style.model_copy(update=glossary.style.model_dump(exclude_none=True))
        return Knowledge.model_construct(
            None, **{**dict(self), "terms": terms, "style": style}
        )  # no copy: it has what is cached


NOTHING_TOLD = Knowledge()
