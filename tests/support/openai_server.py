"""The same failures on demand as `protocol_server`, in OpenAI's protocol."""

import json
from typing import Any

from support.protocol_server import MODEL, Answer, ProtocolServer

CHAT = "/v1/chat/completions"


class OpenAIServer(ProtocolServer):
    """`done_reason` is the finish reason, `done_reason=None` a stream that ends without one."""

    chat_path = CHAT
    content_type = "text/event-stream"

    def _about(self, path: str) -> dict[str, Any]:
        return {"/v1/models": {"object": "list", "data": [{"id": name} for name in self.models]}}.get(path, {})

    def _refusal(self, answer: Answer) -> dict[str, Any]:
        return {"error": {"message": answer.error, "type": "error", "code": answer.status}}

    def _frame(self, data: bytes) -> bytes:
        return b"data: " + data + b"\n\n"

    def _chunk(self, content: str, **more: Any) -> bytes:
        choice = {"index": 0, "delta": {"content": content}, "finish_reason": more.get("done_reason")}
        return json.dumps({"id": "c", "object": "chat.completion.chunk", "model": MODEL, "choices": [choice]}).encode()

    def _ending(self, answer: Answer) -> list[bytes]:
        usage = {"prompt_tokens": answer.input_tokens, "completion_tokens": len(answer.pieces), "total_tokens": 0}
        counts = {"id": "c", "object": "chat.completion.chunk", "model": MODEL, "choices": [], "usage": usage}
        return [self._chunk("", done_reason=answer.done_reason), json.dumps(counts).encode(), b"[DONE]"]
