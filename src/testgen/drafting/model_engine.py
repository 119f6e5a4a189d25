"""The engines with a model: a chat model writes rows, and each row becomes a step as soon as it is complete."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing, suppress
from dataclasses import replace
from typing import Any, TypeVar

from testgen.config import ServiceConfig
from testgen.domain.background import UNKNOWN
from testgen.domain.errors import (
    CaseTooLongError,
    ContextExceededError,
    DraftError,
    EngineProtocolError,
    IncompleteOutputError,
    InvalidOutputError,
)
from testgen.domain.knowledge import NOTHING_TOLD, Knowledge
from testgen.domain.ports import (
    ChatEnd,
    ChatModel,
    DraftRequest,
    DraftSummary,
    Message,
    ModelStatus,
    Rewrite,
    RewriteRequest,
)
from testgen.domain.procedure import Step
from testgen.drafting.answer import Answer, LoopError
from testgen.drafting.budget import estimate_prompt, require_fit, too_long
from testgen.drafting.known import cost
from testgen.drafting.passages import fitting
from testgen.drafting.prompt import PROMPT_VERSION, continue_messages, draft_messages, rewrite_messages
from testgen.drafting.wire import SCHEMA, RowReader, to_row
from testgen.knowledge.touching import touched
from testgen.messages import say

# The estimate is an upper one; Gemma's tokenizer counted 0.61 to 0.97 of it on Japanese and English cases.
LEAST_SHARE_READ = 0.4
# A prompt that was cut down still fills most of the server's context, and nobody runs one under 2,048 tokens; a smaller
# count is a server that does not count what its prefix cache served.
LEAST_LEFT_BY_A_CUT = 1000
# At temperature 0 another seed writes the same answer again; a little chance leads out of it.
TEMPERATURE_OF_A_RETRY = 0.5
# What is mended by writing more steps than there were.
SPLIT_BY = {"eager-action", "several-results", "result-without-trigger"}
MOST_ROWS_FOR_ONE = 6
MOST_KNOWN = 2_000  # tokens of the team's knowledge in a prompt; a case touches a few screens, of fifty tokens each
_Request = TypeVar("_Request", DraftRequest, RewriteRequest)


class ModelEngine:
    """Drafts with a `ChatModel`, under the name that the registry of engines gives it."""

    def __init__(self, name: str, chat: ChatModel, config: ServiceConfig) -> None:
        self.name = name
        self.chat = chat
        self._config = config

    async def status(self) -> ModelStatus:
        """See `testgen.domain.ports.Engine.status`."""
        return await self.chat.status()

    def preload(self) -> None:
        """See `testgen.domain.ports.Engine.preload`."""
        self.chat.preload()

    async def draft(self, request: DraftRequest) -> AsyncGenerator[Step | DraftSummary, None]:
        """See `testgen.domain.ports.Engine.draft`. If the answer is cut off, it is continued once from its last complete row."""
        answer = Answer()
        request = self._with_room(request)
        messages = draft_messages(request.case, request.language, request.problems, request.background)
        try:
            async for step in self._rows(messages, request, answer):
                yield step
            if not answer.complete:
                async for step in self._rest(messages, request, answer):
                    yield step
        except LoopError:  # the answer has no end that would name the weights
            answer.digest = answer.digest or (await self.chat.status()).digest
            yield self._summary(request, answer)
            raise
        if not answer.steps:
            raise InvalidOutputError(
                say("the model wrote no step"), reason=say("there was no step"), remedy=say("try again")
            )
        yield self._summary(request, answer)

    async def _rest(self, messages: list[Message], request: DraftRequest, answer: Answer) -> AsyncGenerator[Step, None]:
        """The rows after an answer that was cut off.

        Raises:
            IncompleteOutputError: it was cut off again, or there is no room to ask for more.
        """
        turn = continue_messages(messages, [to_row(step) for step in answer.steps], request.language)
        with suppress(CaseTooLongError):  # the case did fit; with what has been written since it does not
            async for step in self._rows(turn, request, answer):
                yield step
        if not answer.complete:
            raise _incomplete(len(answer.steps), self._config.num_predict)

    async def rewrite(self, request: RewriteRequest) -> Rewrite:
        """See `testgen.domain.ports.Engine.rewrite`. One answer contains a row for each step and each missing result, which the schema
        requires; a step that needs more than one row gets a separate request."""
        request = self._with_room(request)
        split = [number for number, faults in sorted(request.faults.items()) if SPLIT_BY & faults.keys()]
        single = {number: faults for number, faults in request.faults.items() if number not in split}
        asked = DraftRequest(request.case, request.language, request.attempt, background=request.background)
        spent = Answer()
        replacements: dict[int, tuple[Step, ...]] = {}
        added: list[Step] = []
        if single or request.missing:
            count = len(single) + len(request.missing)
            steps = await self._rewritten(replace(request, faults=single), asked, spent, least=count, most=count)
            replacements = {number: (step,) for number, step in zip(sorted(single), steps, strict=False)}
            added = steps[len(single) :]
        for number in split:
            alone = replace(request, faults={number: request.faults[number]}, missing=())
            try:
                steps = await self._rewritten(alone, asked, spent, least=1, most=MOST_ROWS_FOR_ONE)
            except DraftError:  # then this one stays as it is, unless nothing at all was written
                if not replacements and not added and number == split[-1]:
                    raise
            else:
                replacements[number] = tuple(steps)
        placed = {number: _in_place_of(request.steps[number - 1], steps) for number, steps in replacements.items()}
        return Rewrite(placed, tuple(added), self._summary(asked, spent))

    def _with_room(self, request: _Request) -> _Request:
        """Adds as much as fits the context next to the answer and a continuation: first the knowledge that the case needs, then the
        passages of documents."""
        if request.background.knowledge != NOTHING_TOLD:
            chosen = self._touched(request, self._room(replace(request, background=UNKNOWN)))
            request = replace(request, background=replace(request.background, knowledge=chosen))
        background = request.background
        if not background.closest:
            return request
        room = self._room(replace(request, background=replace(background, closest=())))
        return replace(request, background=replace(background, closest=fitting(background.closest, room)))

    def _touched(self, request: _Request, room: int) -> Knowledge:
        return touched(request.background.knowledge, request.case, min(room, MOST_KNOWN), cost)

    def _room(self, bare: _Request) -> int:
        """The tokens that remain next to a request as it is."""
        config = self._config
        messages = (
            draft_messages(bare.case, bare.language, bare.problems, bare.background)
            if isinstance(bare, DraftRequest)
            else rewrite_messages(bare, most=MOST_ROWS_FOR_ONE)
        )
        return config.num_ctx - 2 * config.num_predict - estimate_prompt(messages)

    async def _rewritten(
        self, request: RewriteRequest, asked: DraftRequest, spent: Answer, *, least: int, most: int
    ) -> list[Step]:
        """The rows that the model writes instead.

        Raises:
            InvalidOutputError: there are fewer or more rows than allowed.
        """
        answer = Answer()
        schema = {**SCHEMA, "minItems": least, "maxItems": most}
        messages = rewrite_messages(request, most=most if most > least else 1)
        try:
            async for _ in self._rows(messages, asked, answer, schema):
                pass
        finally:
            spent.input_tokens += answer.input_tokens
            spent.output_tokens += answer.output_tokens
            spent.digest = answer.digest or spent.digest
        if not answer.complete or not least <= len(answer.steps) <= most:
            wrong = say("{count} rows instead of {most}", count=len(answer.steps), most=most)
            raise InvalidOutputError(
                say("the model wrote {wrong}", wrong=wrong),
                reason=say("there were {wrong}", wrong=wrong),
                remedy=say("try again"),
            )
        return answer.steps

    async def _rows(
        self, messages: list[Message], request: DraftRequest, answer: Answer, schema: dict[str, Any] = SCHEMA
    ) -> AsyncGenerator[Step, None]:
        config, reader = self._config, RowReader()
        estimate = require_fit(messages, request.case, num_ctx=config.num_ctx, num_predict=config.num_predict)
        seed = config.seed + request.attempt - 1
        temperature = max(config.temperature, TEMPERATURE_OF_A_RETRY) if request.problems else None
        end = None
        try:
            async with aclosing(
                self.chat.stream(messages, schema=schema, seed=seed, temperature=temperature)
            ) as pieces:
                async for piece in pieces:
                    if isinstance(piece, ChatEnd):
                        end = piece
                        continue
                    for row in reader.feed(piece):
                        yield answer.accept(row, request)
        except ContextExceededError as error:
            limit = error.limit or config.num_ctx
            raise too_long(
                request.case, say("the server's context is {limit} tokens", limit=limit), max(estimate - limit, 1)
            ) from error
        if end is None:
            raise EngineProtocolError(
                say("the answer did not end"), remedy=say("see what answers there (`testgen doctor`)")
            )
        self._account(end, estimate, request, answer)
        if end.complete:
            for row in reader.finish():
                yield answer.accept(row, request)
            answer.complete = True

    def _account(self, end: ChatEnd, estimate: int, request: DraftRequest, answer: Answer) -> None:
        """Adds up the tokens, and notices if the server has read less than it was sent."""
        answer.input_tokens += end.input_tokens or 0
        answer.output_tokens += end.output_tokens or 0
        answer.digest = end.digest or answer.digest
        if end.input_tokens and LEAST_LEFT_BY_A_CUT <= end.input_tokens < LEAST_SHARE_READ * estimate:
            why = say(
                "the server read only {input_tokens} of about {estimate} tokens of prompt and dropped the rest",
                input_tokens=end.input_tokens,
                estimate=estimate,
            )
            raise too_long(request.case, why, estimate - end.input_tokens)

    def _summary(self, request: DraftRequest, answer: Answer) -> DraftSummary:
        return DraftSummary(
            model=self._config.model,
            model_digest=answer.digest,
            prompt_version=PROMPT_VERSION,
            seed=self._config.seed + request.attempt - 1,
            input_tokens=answer.input_tokens or None,
            output_tokens=answer.output_tokens or None,
            passages=request.background.closest,
        )


def _in_place_of(before: Step, after: Sequence[Step]) -> tuple[Step, ...]:
    """The new texts in the old place. If one step replaces one, it keeps number and kind, and what it verifies unless it says more. If
    several steps replace one, the last verifies the same, unless any of them says what it verifies."""
    verifies = any(step.verifies for step in after)
    last = {} if verifies else {"verifies": before.verifies}
    if len(after) > 1:
        return (*after[:-1], after[-1].model_copy(update=last))
    return (after[0].model_copy(update={"number": before.number, "kind": before.kind, **last}),)


def _incomplete(rows: int, num_predict: int) -> IncompleteOutputError:
    return IncompleteOutputError(
        say("the model's answer was cut off twice; {rows} complete steps are kept", rows=rows),
        reason=say("the answer was cut off: write fewer and shorter rows"),
        remedy=say("raise num_predict ({num_predict}), or split the test case", num_predict=num_predict),
    )
