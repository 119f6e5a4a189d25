"""Memory that all streams together hold for their readers."""

from typing import Protocol

MOST_UNREAD_TOGETHER = 64 * 2**20  # bytes


class Held(Protocol):
    """A stream."""

    def drop(self) -> None:
        """Ends it, and its connection."""


class Unread:
    """What all streams hold for their readers. Where it is too much together, the reader who took nothing for the longest
    time is dropped."""

    def __init__(self, most: int = MOST_UNREAD_TOGETHER) -> None:
        self._most = most
        self._together = 0
        self._held: dict[Held, int] = {}  # in the order of the last piece that was read

    def add(self, stream: Held, size: int) -> None:
        """A piece was produced."""
        self._together += size
        self._held[stream] = self._held.get(stream, 0) + size
        if self._together > self._most:
            slowest = next(iter(self._held))
            self.forget(slowest)
            slowest.drop()

    def read(self, stream: Held, size: int) -> None:
        """A piece was sent."""
        if stream in self._held:
            self._together -= size
            self._held[stream] = self._held.pop(stream) - size

    def forget(self, stream: Held) -> None:
        """The stream has ended."""
        self._together -= self._held.pop(stream, 0)
