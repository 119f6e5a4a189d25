"""What the pipeline needs from outside: an engine that drafts, and a chat model behind one of them."""

from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from testgen.domain.background import UNKNOWN, Background, Passage
from testgen.domain.hit import Hit
from testgen.domain.language import Language
from testgen.domain.procedure import Step
from testgen.domain.test_case import TestCase


@dataclass(frozen=True)
class DraftRequest:
    """One attempt: the case, the language, which attempt it is, and why the ones before failed. After the `final` one there is
    no other, so that a blank is left to a person rather than the draft rejected."""

    case: TestCase
    language: Language
    attempt: int = 1
    problems: tuple[str, ...] = ()
    background: Background = UNKNOWN
    final: bool = False


@dataclass(frozen=True)
class DraftSummary:
    """Ends a draft: what the engine reports of it, for the review, and of its work, for provenance. `hits` is None where the
    engine has nothing to say of what it left out, so that the review looks itself."""

    hits: tuple[Hit, ...] | None = None
    model: str | None = None
    model_digest: str | None = None
    prompt_version: str | None = None
    seed: int | None = None
    input_tokens: int | None = None
    output_tokens: int | None = None
    passages: tuple[Passage, ...] = ()  # those of the documents that it was written from


@dataclass(frozen=True)
class RewriteRequest:
    """Some steps of a procedure to be written again, all others locked.

    `faults` names what is wrong with each step to rewrite (rule -> what to do, in its language); `missing` are numbers of
    expected results for which a step is to be added. `instruction` is what a person wants instead.
    """

    case: TestCase
    language: Language
    steps: tuple[Step, ...]
    faults: Mapping[int, Mapping[str, str]]
    missing: tuple[int, ...] = ()
    instruction: str = ""
    attempt: int = 1
    background: Background = UNKNOWN


@dataclass(frozen=True)
class Rewrite:
    """The answer: for each rewritten step what replaces it, and the steps to add before the clean-up."""

    replacements: Mapping[int, tuple[Step, ...]]
    added: tuple[Step, ...] = ()
    summary: DraftSummary = DraftSummary()


@dataclass(frozen=True)
class ModelStatus:
    """Whether an engine can draft now; `problem` and `remedy` say why not. `server` is empty where none answers.

    `model` is None for an engine that needs none.
    """

    model: str | None
    available: bool
    loaded: bool = False
    digest: str | None = None
    server: str = ""
    server_version: str | None = None
    problem: str = ""
    remedy: str = ""


class Engine(Protocol):
    """Drafts the steps of a procedure. Steps come as soon as they are complete; a summary comes last."""

    @property
    def name(self) -> str:
        """The name in `ServiceConfig.engine` and in provenance."""
        ...

    def draft(self, request: DraftRequest) -> AsyncGenerator[Step | DraftSummary, None]:
        """Drafts once.

        Raises:
            EngineError: no draft; a `DraftError` may go better at the next attempt, the others will not.
            CaseTooLongError: the case does not fit.
        """
        ...

    async def rewrite(self, request: RewriteRequest) -> Rewrite:
        """Writes some steps again; a step that it cannot better is not among the replacements.

        Raises:
            EngineError: as `draft`.
            InvalidInputError: the engine cannot follow an instruction.
        """
        ...

    async def status(self) -> ModelStatus:
        """Whether it can draft now; never raises for a server that is down."""
        ...

    def preload(self) -> None:
        """Loads what the first draft would have to wait for; may block for about a second."""
        ...


@dataclass(frozen=True)
class Message:
    """One turn of a chat: `role` is system, user or assistant."""

    role: str
    content: str


@dataclass(frozen=True)
class ChatEnd:
    """How an answer ended. `complete` is true only where the server said that the model stopped by itself; `digest` names
    the weights that wrote it, where the server tells them."""

    complete: bool
    done_reason: str = ""
    input_tokens: int | None = None
    output_tokens: int | None = None
    digest: str | None = None


class ChatModel(Protocol):
    """A chat model with constrained output; its adapter turns every failure into one of our errors."""

    def stream(
        self, messages: Sequence[Message], *, schema: dict[str, Any], seed: int, temperature: float | None = None
    ) -> AsyncGenerator[str | ChatEnd, None]:
        """Pieces of the answer as they come, then one `ChatEnd`. Closing the iterator cancels the request at once. Without
        `temperature` the configured one holds.

        Raises:
            EngineError: see `testgen.domain.errors`.
        """
        ...

    async def status(self) -> ModelStatus:
        """Asks the server; never raises for a server that is down."""
        ...

    def preload(self) -> None:
        """See `Engine.preload`."""
        ...


@dataclass(frozen=True)
class Selection:
    """The engine that will draft, and why it is not the one that was hoped for."""

    engine: Engine
    fallback_reason: str | None = None
