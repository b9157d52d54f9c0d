"""What a submission prints: kept in a buffer of a fixed length, wherever its code thinks that it goes."""

from __future__ import annotations

import io
import sys
from typing import Any

MAX_BYTES = 10_000


class OutputBuffer:
    """Stands for standard output and error: keeps the first 10,000 bytes of a call, drops the rest."""

    def __init__(self) -> None:
        self._raw = _Raw()
        self._stream = io.TextIOWrapper(self._raw, "utf-8", "backslashreplace", write_through=True)  # type: ignore[type-var]
        self.reset()

    def reset(self) -> None:
        """Forget what was kept, and stand for the output again."""
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
        self.kept += view[: max(0, MAX_BYTES - len(self.kept))]
        return len(view)
