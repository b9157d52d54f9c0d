"""What the statement that runs in a frame makes of the value that it asks for."""

from __future__ import annotations

import dis
import types


def is_asserted(frame: types.FrameType) -> bool:
    """Whether an `assert` asks: the jump that follows goes around the making of an AssertionError."""
    code = frame.f_code.co_code
    names = [dis.opname[op] for op in code[frame.f_lasti : frame.f_lasti + 40 : 2]] if frame.f_lasti >= 0 else []
    names = [name for name in names if name not in ("CACHE", "EXTENDED_ARG", "NOT_TAKEN", "TO_BOOL")]
    return len(names) > 1 and "JUMP" in names[0] and "ASSERT" in names[1].replace("LOAD_COMMON_CONSTANT", "ASSERT")


def names_unpacked(frame: types.FrameType) -> int | None:
    """How many names the statement that asks for items unpacks them into; None where it is no such statement."""
    code = frame.f_code.co_code
    if frame.f_lasti < 0:
        return None
    name, arg = dis.opname[code[frame.f_lasti]], code[frame.f_lasti + 1]
    if name == "UNPACK_EX":
        behind = code[frame.f_lasti - 1] if dis.opname[code[frame.f_lasti - 2]] == "EXTENDED_ARG" else 0
        return arg + behind
    return arg if name == "UNPACK_SEQUENCE" else None
