"""The least that could stand between a client and the model: FastAPI and one ChatOllama, with nothing read, checked or reviewed.

python -m bench.bare MODEL_SERVER PORT        serves until it is ended
"""

import sys

import uvicorn
from fastapi import FastAPI
from langchain_ollama import ChatOllama

from bench.upstream import MODEL


def app_of(url: str) -> FastAPI:
    """One route, which answers with the model's text."""
    app = FastAPI()
    chat = ChatOllama(model=MODEL, base_url=url)

    @app.post("/")
    async def answer() -> str:
        return "".join([str(chunk.text) async for chunk in chat.astream([("user", "x")])])

    @app.get("/healthz")
    async def alive() -> str:
        return "ok"

    return app


if __name__ == "__main__":
    uvicorn.run(app_of(sys.argv[1]), port=int(sys.argv[2]), log_level="error", access_log=False)
