"""What a procedure costs in tokens, by the real model's tokenizer: as LangChain's structured output writes it, and in our rows.

python -m bench.tokens [--quick]
"""

import asyncio
import json
import time
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import httpx
from pydantic import BaseModel

from bench import growth, servers
from bench.report import MissingError, Section, alone
from testgen.domain.language import Language
from testgen.domain.ports import DraftRequest
from testgen.domain.procedure import Step
from testgen.domain.test_case import TestCase
from testgen.drafting.outline import OutlineEngine
from testgen.drafting.prompt import draft_messages
from testgen.drafting.wire import SCHEMA, dump_rows, to_row
from testgen.evaluation import bundled_cases

TITLE = "c. Tokens"
LANGUAGES: tuple[Language, ...] = ("ja", "en")
NAMES = {"ja": "Japanese", "en": "English"}


class Drafted(BaseModel):
    """What a user would have LangChain's `with_structured_output` fill: a procedure and its steps, as the domain names them."""

    test_case_id: str
    title: str
    language: Language
    preconditions: tuple[str, ...]
    steps: tuple[Step, ...]


class Tokenizer:
    """llama.cpp's own server."""

    def __init__(self, url: str) -> None:
        self._http = httpx.Client(base_url=url, timeout=120, trust_env=False)

    def tokens(self, text: str) -> list[int]:
        found: list[int] = self._http.post("/tokenize", json={"content": text}).raise_for_status().json()["tokens"]
        return found

    def prompt(self, messages: Sequence[Any]) -> list[int]:
        """A chat as the model reads it, in the template that its file brings."""
        turns = [{"role": message.role, "content": message.content} for message in messages]
        answer = self._http.post("/apply-template", json={"messages": turns}).raise_for_status().json()
        return self.tokens(answer["prompt"])


def steps_of(case: TestCase) -> tuple[Step, ...]:
    """The procedure that the rules write: real text of the usual length, the same on every run."""

    async def drafted() -> list[Step]:
        request = DraftRequest(case, case.resolved_language())
        return [part async for part in OutlineEngine().draft(request) if isinstance(part, Step)]

    return tuple(asyncio.run(drafted()))


def structured(case: TestCase, steps: tuple[Step, ...]) -> Drafted:
    """The same procedure in the domain's words."""
    return Drafted(
        test_case_id=case.id, title=case.title, language=case.resolved_language(), preconditions=case.preconditions, steps=steps
    )  # fmt: skip


def answers(section: Section, count: Tokenizer, cases: list[TestCase]) -> None:
    """The 24 procedures in each form."""
    rows, worst = [], 0.0
    for language in LANGUAGES:
        mine = [(case, steps_of(case)) for case in cases if case.resolved_language() == language]
        indented = sum(len(count.tokens(structured(*each).model_dump_json(indent=2))) for each in mine)
        minified = sum(len(count.tokens(structured(*each).model_dump_json())) for each in mine)
        ours = sum(len(count.tokens(dump_rows([to_row(step) for step in steps]))) for _, steps in mine)
        worst = max(worst, ours / minified)
        steps = sum(len(steps) for _, steps in mine)
        ratios = (f"{ours / indented:.2f}", f"{ours / minified:.2f}")
        rows.append((NAMES[language], len(mine), steps, f"{indented:,}", f"{minified:,}", f"{ours:,}", *ratios))
    section.say(
        f"The {len(cases)} bundled cases, written by engine `outline` and counted by the tokenizer of the small Gemma 3 model. "
        "A model indents JSON in the domain's schema unless something shows it how to write; minified is the best it could do."
    )
    head = (
        "Language",
        "Procedures",
        "Steps",
        "Schema, indented",
        "Schema, minified",
        "Our rows",
        "Ratio",
        "Ratio to minified",
    )
    section.table(head, rows)
    section.goal("tokens of our rows compared with the minified schema, worse language", worst, 0.7)


def growing(section: Section, count: Tokenizer, cases: list[TestCase]) -> None:
    """Tokens of the answer over its steps."""
    case = max(cases, key=lambda each: len(steps_of(each)))
    rows = [to_row(step) for step in steps_of(case)]
    sizes = (8, 16, 32)
    made = [len(count.tokens(dump_rows((rows * 32)[:size]))) for size in sizes]
    section.table(growth.HEAD, [growth.row("Tokens of an answer, by number of steps", sizes, made, "tokens")])


def prompts(section: Section, count: Tokenizer, cases: list[TestCase]) -> None:
    """Tokens of the prompt, and of the beginning that two cases of a language have in common."""
    rows = []
    for language in LANGUAGES:
        mine = [count.prompt(draft_messages(case, language)) for case in cases if case.resolved_language() == language]
        common = [_common(one, other) for one, other in pairwise(mine)]
        lengths = sorted(map(len, mine))
        middle, shared = lengths[len(lengths) // 2], sorted(common)[len(common) // 2]
        rows.append(
            (
                NAMES[language],
                f"{middle:,}",
                f"{lengths[0]:,} to {lengths[-1]:,}",
                f"{shared:,}",
                f"{shared / middle:.0%}",
            )
        )
    section.say("Prompts: the part that does not change comes first, so that a server reads it only once:")
    section.table(("Language", "Tokens, median", "Minimum to maximum", "The same for all cases", "Share"), rows)


def _common(one: list[int], other: list[int]) -> int:
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def first_tokens(section: Section, cases: list[TestCase]) -> None:
    """Seconds to the first token at the real server: a first case, and the next ones of the same language."""
    rows = []
    environ = {"OLLAMA_NUM_PARALLEL": "1", "OLLAMA_CONTEXT_LENGTH": "4096"}
    with servers.real_model(**environ) as (url, _), httpx.Client(timeout=300, trust_env=False) as client:
        _first(client, url, [{"role": "user", "content": "x"}])  # loads the model
        for language in LANGUAGES:
            mine = [case for case in cases if case.resolved_language() == language]
            mine.sort(key=lambda case: len(case.model_dump_json()))
            asked = [[vars(message) for message in draft_messages(case, language)] for case in mine[:3]]
            first, second, third = (_first(client, url, messages) for messages in asked)
            rows.append(
                (NAMES[language], f"{first:.2f}", f"{second:.2f}", f"{third:.2f}", f"{first / max(second, third):.1f}")
            )
    section.say(
        "Seconds to the first token with the real Ollama server, which caches what it has read of the last prompt:"
    )
    section.table(("Language", "First case s", "Second case s", "Third case s", "Speed-up, at least"), rows)


def _first(client: httpx.Client, url: str, messages: list[dict[str, str]]) -> float:
    started = time.perf_counter()
    options = {"num_ctx": 4096, "num_predict": 2, "temperature": 0, "seed": 1}
    asked = {"model": "tiny", "messages": messages, "stream": True, "format": SCHEMA, "options": options}
    with client.stream("POST", f"{url}/api/chat", json=asked) as answer:
        for line in answer.iter_lines():
            said = json.loads(line)
            assert "error" not in said, said
            if said["message"]["content"]:
                break
    return time.perf_counter() - started


def measure(section: Section) -> None:
    """Answers, prompts, and what the server's cache spares."""
    cases = bundled_cases()[:4] if section.quick else bundled_cases()
    with servers.tokenizer() as url:
        count = Tokenizer(url)
        answers(section, count, cases)
        growing(section, count, cases)
        prompts(section, count, cases)
    try:
        first_tokens(section, bundled_cases())
    except MissingError as error:
        section.missing(str(error))


if __name__ == "__main__":
    alone(TITLE, measure)
