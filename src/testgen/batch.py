"""Batches of hundreds of cases: bounded concurrency, a journal that survives a kill, and reuse of results while nothing changes."""

import asyncio
import hashlib
import json
import os
from collections.abc import AsyncGenerator, Callable, Container, Iterable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from io import FileIO
from pathlib import Path
from typing import Any, Self

from pydantic import BaseModel

from testgen.domain.errors import (
    EngineBusyError,
    EngineError,
    EngineProtocolError,
    EngineUnavailableError,
    TestgenError,
    UnreadableInputError,
)
from testgen.domain.events import ErrorEvent, Event, ProcedureEvent, foreseen
from testgen.domain.procedure import Procedure
from testgen.domain.test_case import TestCase
from testgen.messages import say

Work = TestCase | Procedure  # to be drafted, or to be bettered
Draft = Callable[[Any], AsyncGenerator[Event, None]]
_TRANSPORT = (EngineUnavailableError, EngineBusyError, EngineProtocolError)
RETRIES = 2
LONGEST_LINE = 64 << 20  # bytes, of a journal; a file of results is no larger in all
_SUM = ', "sum": "'
_OWNERS = 0o600  # a journal holds the data of test cases


@dataclass(frozen=True)
class Item:
    """The outcome of one case: a procedure, or an error's code and message. If a procedure could only be improved in part, it has both."""

    index: int
    case_id: str
    key: str
    procedure: Procedure | None = None
    code: str = ""
    message: str = ""
    error: TestgenError | None = field(default=None, compare=False)  # while it is fresh; the journal keeps its text

    @property
    def done(self) -> bool:
        """Whether there is a procedure and nothing went wrong."""
        return self.procedure is not None and not self.code

    def line(self) -> str:
        """The item as a line of the journal."""
        data: dict[str, Any] = {"index": self.index, "id": self.case_id, "key": self.key}
        if self.procedure:
            data["procedure"] = self.procedure.model_dump(mode="json")
        if not self.done:
            data |= {"code": self.code, "error": self.message}
        body = json.dumps(data, ensure_ascii=False).removesuffix("}")
        return f"{body}{_SUM}{_sum(body.encode())}"

    @classmethod
    def of(cls, line: bytes) -> Self:
        """The item in a line of the journal.

        Raises:
            ValueError: the line does not contain an item, or somebody has edited it.
        """
        body, _, told = line.removesuffix(b"\n").rpartition(_SUM.encode())
        if told.decode() != _sum(body):
            raise ValueError(say("somebody has edited it"))
        said = _Line.model_validate_json(line)
        return cls(said.index, said.id, said.key, said.procedure, said.code, said.error)


class _Key(BaseModel):
    """The minimum that a line must contain."""

    key: str


class _Line(_Key):
    """A line of the journal, as `Item.line` writes it."""

    index: int
    id: str
    procedure: Procedure | None = None
    code: str = ""
    error: str = ""


def _sum(body: bytes) -> str:
    """The checksum at the end of a line. A result was reviewed when it was written; an edited one must not pass for reviewed."""
    return hashlib.sha256(body).hexdigest()[:16] + '"}'


class Journal:
    """A journal with one line per finished case, written to disk before the next case starts. A later line of a case replaces an earlier
    one."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def files(self) -> tuple[Path, Path]:
        """The journal and the temporary file that replaces it when it is rewritten."""
        return self.path, self.path.with_name(self.path.name + ".part")

    def read(self, wanted: Container[str] | None = None) -> dict[str, Item]:
        """Returns the finished cases by key: all of them, or those with the given keys, in which case other lines are not parsed. A last
        line that a kill has cut off is ignored, and removed before more is written.

        Raises:
            UnreadableInputError: a line in the middle is damaged or was edited, which a kill cannot cause; or the journal is not a file.
        """
        if self.path.exists() and not self.path.is_file():  # a pipe would be waited for without an end
            raise UnreadableInputError.of("", say("is not a file: remove it"), source=str(self.path))
        if not self.path.exists():
            return {}
        items: dict[str, Item] = {}
        with self.path.open("r+b") as file:
            end = 0
            for number, line in enumerate(iter(lambda: file.readline(LONGEST_LINE + 1), b""), 1):
                if not line.endswith(b"\n") and len(line) <= LONGEST_LINE:
                    file.truncate(end)
                    break
                end += len(line)
                self._take(line, number, wanted, items)
        return items

    def _take(self, line: bytes, number: int, wanted: Container[str] | None, items: dict[str, Item]) -> None:
        try:
            if len(line) > LONGEST_LINE:
                raise ValueError  # noqa: TRY301 - as broken as any other
            key = _Key.model_validate_json(line).key
            if wanted is None or key in wanted:
                items[key] = Item.of(line)
        except ValueError:
            problem = say(
                "line {number} is damaged, or somebody has edited it: remove the line, or run with --no-cache",
                number=number,
            )
            raise UnreadableInputError.of("", problem, source=str(self.path)) from None

    def begin(self) -> None:
        """Creates the file, so that a run that is killed before its first result can be resumed, too. An existing file becomes readable
        only by its owner."""
        self._open().close()
        self.path.chmod(_OWNERS)

    def rewrite(self, items: Iterable[Item]) -> None:
        """Keeps these lines and removes all others."""
        fresh = Journal(self.files[1])
        fresh.path.unlink(missing_ok=True)
        with fresh._open() as file:
            file.writelines(item.line().encode() + b"\n" for item in items)
            os.fsync(file.fileno())
        fresh.path.replace(self.path)

    def append(self, item: Item) -> None:
        """Writes a line and waits until it is on disk.

        Raises:
            OSError: the line cannot be written, for example because the disk is full; no part of it remains.
        """
        line = memoryview(item.line().encode() + b"\n")
        with self._open() as file:
            end = file.tell()
            try:
                while line:
                    line = line[file.write(line) :]
                os.fsync(file.fileno())
            except OSError:
                file.truncate(end)
                raise

    def _open(self) -> FileIO:
        """Opens the file for appending, unbuffered, readable only by its owner; never follows a link."""
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0)
        return FileIO(self.path, "ab", opener=lambda path, _: os.open(path, flags, _OWNERS))


def keyed(cases: Sequence[Work], setup: str) -> list[tuple[int, Any, str]]:
    """Returns each case with its position and its key. The key identifies everything that the result depends on: the case, how it is
    drafted, and which copy of the same case it is."""
    seen: dict[str, int] = {}
    listed = []
    for index, case in enumerate(cases):
        fingerprint = case.sha256() if isinstance(case, TestCase) else _fingerprint(case)
        copy = seen.get(fingerprint, 0)
        listed.append((index, case, f"{fingerprint}:{setup}" + (f":{copy}" if copy else "")))
        seen[fingerprint] = copy + 1
    return listed


def _fingerprint(procedure: Procedure) -> str:
    """Fingerprint of a procedure to improve. Its findings and the time at which it was read do not count."""
    text = procedure.model_dump_json(exclude={"provenance", "findings", "readiness"})
    return hashlib.sha256(text.encode()).hexdigest()


async def run(
    todo: Iterable[tuple[int, Any, str]],
    draft: Draft,
    concurrency: int | Callable[[], int],
    *,
    stopping: asyncio.Event | None = None,
    pause_s: float = 1.0,
) -> AsyncGenerator[Item, None]:
    """Yields items as they are ready. When `stopping` is set, no further case starts, and running cases finish. A case that cancels
    itself counts as not started. `concurrency` may change while the batch runs."""
    most = concurrency if callable(concurrency) else lambda: concurrency
    waiting = iter(todo)
    running: set[asyncio.Task[Item]] = set()
    try:
        while True:
            while len(running) < most() and not (stopping and stopping.is_set()):
                entry = next(waiting, None)
                if entry is None:
                    break
                running.add(asyncio.create_task(_one(*entry, draft, pause_s)))
            if not running:
                return
            finished, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
            for task in finished:
                if not task.cancelled():
                    yield task.result()
    finally:
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)


async def _one(index: int, case: Work, key: str, draft: Draft, pause_s: float) -> Item:
    """Drafts a case. If the connection to the server fails, tries again twice, after longer and longer pauses."""
    made, error = await _outcome(case, draft)
    for attempt in range(1, RETRIES + 1):
        if not isinstance(error, _TRANSPORT):
            break
        await asyncio.sleep(pause_s * attempt)
        made, error = await _outcome(case, draft)
    name = case.id if isinstance(case, TestCase) else case.test_case_id
    if error is None:
        return Item(index, name, key, made)
    return Item(index, name, key, made, code=error.code, message=" ".join(str(error).split()), error=error)


async def _outcome(case: Work, draft: Draft) -> tuple[Procedure | None, TestgenError | None]:
    """The procedure, or what went wrong; both if the procedure was only partly improved."""
    made: Procedure | None = None
    try:
        async with aclosing(foreseen(draft(case))) as events:
            async for event in events:
                if isinstance(event, ProcedureEvent):
                    made = event.procedure
                if isinstance(event, ErrorEvent):
                    return made, event.error
    except TestgenError as error:
        return made, error
    return made, None if made else EngineError(say("the engine ended without a procedure"))
