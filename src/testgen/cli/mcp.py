"""`testgen mcp`: tools for an assistant on this machine, over standard input and output."""

from testgen.cli.options import Documents, GlossaryFile, KnowledgeFile
from testgen.cli.service import Server, drafter


def mcp(
    glossary: GlossaryFile = None,
    knowledge: KnowledgeFile = None,
    documents: Documents = None,
    server: Server = None,
) -> None:
    """Serve testgen's tools to an assistant over the Model Context Protocol, on standard input and output. The team's settings of the
    folder hold."""
    import asyncio

    from testgen.cli.team import reviewing
    from testgen.mcp.server import server_of
    from testgen.mcp.worker import Here

    worker = Here(drafter(server), reviewing(glossary, knowledge, documents))
    asyncio.run(server_of(worker).run_stdio_async())
