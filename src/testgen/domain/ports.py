"""What the pipeline needs from outside: an engine that drafts, and a chat model behind some engines."""

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
    """One attempt: the case, the language, the number of the attempt, and why the earlier ones failed. After the `final` one
    there is no other, so a blank is left for a person to fill in instead of the draft being rejected."""

    case: TestCase
    language: Language
    attempt: int = 1
    problems: tuple[str, ...] = ()
    background: Background = UNKNOWN
    final: bool = False


@dataclass(frozen=True)
class DraftSummary:
    """Ends a draft: what the engine reports for the review, and about its work for provenance. `hits` is None if the engine reports
    nothing about what it left out; the review then looks for itself."""

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
    """The steps of a procedure to rewrite; all others are locked.

    `faults` says what is wrong with each step to rewrite (rule -> what to do, in the language of the procedure); `missing` are the
    numbers of expected results for which a step is to be added. `instruction` is what a person wants instead.
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
    """The answer: the replacements of each rewritten step, and the steps to add before the clean-up."""

    replacements: Mapping[int, tuple[Step, ...]]
    added: tuple[Step, ...] = ()
    summary: DraftSummary = DraftSummary()


@dataclass(frozen=True)
class ModelStatus:
    """Whether an engine can draft now; `problem` and `remedy` say why not. `server` is empty if none answers.

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
    """Drafts the steps of a procedure. It yields each step as soon as it is complete, and a summary at the end."""

    @property
    def name(self) -> str:
        """The name in `ServiceConfig.engine` and in provenance."""
        ...

    def draft(self, request: DraftRequest) -> AsyncGenerator[Step | DraftSummary, None]:
        """Drafts once.

        Raises:
            EngineError: there is no draft; after a `DraftError` the next attempt may succeed, after the others it will not.
            CaseTooLongError: the case does not fit the context.
        """
        ...

    async def rewrite(self, request: RewriteRequest) -> Rewrite:
        """Rewrites some steps; a step that it cannot improve is not among the replacements.

        Raises:
            EngineError: see `draft`.
            InvalidInputError: the engine cannot follow an instruction.
        """
        ...

    async def status(self) -> ModelStatus:
        """Whether it can draft now; never raises an error because a server is down."""
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
    """How an answer ended. `complete` is true only if the server said that the model stopped by itself; `digest` identifies the weights
    that wrote it, if the server reports them."""

    complete: bool
    done_reason: str = ""
    input_tokens: int | None = None
    output_tokens: int | None = None
    digest: str | None = None


class ChatModel(Protocol):
    """A chat model with constrained output; its adapter turns every failure into one of testgen's errors."""

    def stream(
        self, messages: Sequence[Message], *, schema: dict[str, Any], seed: int, temperature: float | None = None
    ) -> AsyncGenerator[str | ChatEnd, None]:
        """Yields pieces of the answer as they come, then one `ChatEnd`. Closing the iterator cancels the request at once. Without
        `temperature`, the configured one applies.

        Raises:
            EngineError: see `testgen.domain.errors`.
        """
        ...

    async def status(self) -> ModelStatus:
        """Asks the server; never raises an error because it is down."""
        ...

    def preload(self) -> None:
        """See `Engine.preload`."""
        ...


@dataclass(frozen=True)
class Selection:
    """The engine that will draft, and why it is not the preferred one."""

    engine: Engine
    fallback_reason: str | None = None
