"""What a milestone came to: its probes, and the pictures that a terminal, a notebook and a file each show."""

from __future__ import annotations

import math
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Probe:
    """What a probe of the model came to, and the mistakes whose checks to look at where it is not `fine`."""

    name: str
    fine: bool
    text: str
    look_at: tuple[str, ...] = ()


def apart(off: float, fine: bool, what: str) -> str:
    """How far numbers are from those of `what`, in words."""
    if not fine:
        return f"differ by up to {off:.2g} from those {what}"
    return f"are the same as those {what}" + (f", up to rounding ({off:.1g})" if off else "")


def told_entropy(yours: float, right: float, length: int) -> str:
    """The mean entropy of attention's weights over texts of a length, beside what is right and what is widest."""
    widest = sum(math.log(count) for count in range(1, length + 1)) / length
    return (
        f"the entropy of the weights is {yours:.3f} nats; the reference has {right:.3f}, "
        f"and equal weights would have {widest:.3f}"
    )


def time_over(name: str, steps: int, most: int) -> Probe:
    """That there was no time for all steps, which is nobody's mistake."""
    return Probe(name, False, f"the time was over after {steps} of {most} steps; --seconds gives more")


@dataclass
class Outcome:
    """The probes so far, whole drawings in SVG, and a measure of the student's model beside the reference's.

    `reached` is (what is measured, yours, the reference's): a loss in nats, or a share. `yours` is how many functions
    of how many are the student's; `stopped`, the function at which it had to stop.
    """

    probes: list[Probe] = field(default_factory=list)
    drawings: list[str] = field(default_factory=list)
    reached: tuple[str, float, float] | None = None
    yours: tuple[int, int] = (0, 0)
    stopped: str = ""
    finished: bool = False

    @property
    def fine(self) -> bool:
        """Whether everything is as in the reference."""
        return self.finished and all(probe.fine for probe in self.probes)
