"""`testgen rewrite`: rewrites some steps of a procedure; all others stay the same byte for byte."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from testgen.cli.files import A_PROCEDURE, A_TEST_CASE, read
from testgen.cli.language import tell
from testgen.cli.options import Documents, Engine, GlossaryFile, KnowledgeFile, Output
from testgen.cli.output import require_writable, write
from testgen.cli.service import Server, drafter
from testgen.domain.errors import InvalidInputError
from testgen.messages import say


def rewrite(
    procedure: Annotated[str, typer.Argument(metavar="PROCEDURE", help="File with one procedure, or -.")],
    step: Annotated[list[int], typer.Option(help="Number of a step to rewrite; repeatable.", min=1)],
    instruction: Annotated[
        str, typer.Option(help="What to write instead; only with an engine that uses a model.")
    ] = "",
    case: Annotated[Path | None, typer.Option(help="The test case that the procedure is for.")] = None,
    glossary: GlossaryFile = None,
    knowledge: KnowledgeFile = None,
    documents: Documents = None,
    engine: Engine = None,
    output: Output = None,
    server: Server = None,
) -> None:
    """Rewrite some steps of a procedure; the others stay as they are. The result is reviewed again."""
    from dataclasses import replace

    from testgen.cli.team import reviewing
    from testgen.interchange import load_cases, load_procedures, write_procedures
    from testgen.rewriting import RewriteOrder

    require_writable([("--output", output)], (procedure, case, glossary, knowledge, *(documents or ())))
    found = read(procedure, load_procedures, what=A_PROCEDURE)
    if len(found) != 1:
        raise InvalidInputError.of(
            "PROCEDURE", say("contains {count} procedures: give a file with one", count=len(found)), procedure
        )
    setup = reviewing(glossary, knowledge, documents)
    if case:
        setup = replace(setup, case=read(str(case), load_cases, what=A_TEST_CASE)[0])
    order = RewriteOrder(tuple(dict.fromkeys(step)), instruction, reviewing=setup)
    rewritten = asyncio.run(drafter(server).rewrite(found[0], order, engine))
    unchanged = rewritten.steps == found[0].steps
    tell(say("no step was changed") if unchanged else say("rewrote step {numbers}", numbers=order.steps))
    write(write_procedures([rewritten], "json"), output)
