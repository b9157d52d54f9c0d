"""What a submission prints: kept on paper of a fixed length, wherever its code thinks that it goes."""

from __future__ import annotations

import io
import sys
from typing import Any

MAX_PRINTED = 10_000


class Paper:
    """Stands for standard output and error: keeps the first 10,000 bytes of a call, drops the rest."""

    def __init__(self) -> None:
        self._raw = _Raw()
        self._stream = io.TextIOWrapper(self._raw, "utf-8", "backslashreplace", write_through=True)  # type: ignore[type-var]
        self.turn()

    def turn(self) -> None:
        """Start on a fresh sheet."""
        self._raw.kept.clear()
        for name in ("stdout", "stderr", "__stdout__", "__stderr__"):
            setattr(sys, name, self._stream)

    def text(self) -> str:
        return self._raw.kept.decode("utf-8", "replace")


class _Raw(io.RawIOBase):
    def __init__(self) -> None:
        self.kept = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        view = memoryview(data).cast("B")
        self.kept += view[: max(0, MAX_PRINTED - len(self.kept))]
        return len(view)
