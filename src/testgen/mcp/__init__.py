"""testgen's tools for assistants, over the Model Context Protocol with its official SDK. Imported by `testgen mcp`, and by the service
when the first assistant connects, because the SDK takes a second and 30 MB.

    worker.py    who does the work: the local engines, a deployed service, or the service itself
    tools.py     the tools: write, improve, rewrite, review, convert, read a file
    aids.py      knowledge and documents that come with a call
    apart.py     how the work of a call is stopped
    reading.py   what an assistant can read (the rules, examples, formats), and two prompts
    server.py    all of these as a server of the SDK
"""
