"""Memory that the service holds for its clients: each has its own limit, and this is the limit of all together."""

from typing import Protocol

MOST_TOGETHER = 64 * 2**20  # bytes: of answers that wait for their readers, and as much of bodies that are on their way


class Holder(Protocol):
    """Whom something is held for."""

    def drop(self) -> None:
        """Gives it up."""


class Together:
    """What is held for all. If it is too much, drops the client that has taken nothing for the longest time."""

    def __init__(self, most: int = MOST_TOGETHER) -> None:
        self._most = most
        self._together = 0
        self._held: dict[Holder, int] = {}  # in the order of the last piece that was taken

    def add(self, holder: Holder, size: int) -> None:
        """So many bytes more."""
        self._together += size
        self._held[holder] = self._held.get(holder, 0) + size
        if self._together > self._most:
            slowest = next(iter(self._held))
            self.forget(slowest)
            slowest.drop()

    def taken(self, holder: Holder, size: int) -> None:
        """So many bytes less."""
        if holder in self._held:
            self._together -= size
            self._held[holder] = self._held.pop(holder) - size

    def forget(self, holder: Holder) -> None:
        """Nothing is held for this one any more."""
        self._together -= self._held.pop(holder, 0)
