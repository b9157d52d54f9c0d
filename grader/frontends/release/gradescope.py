"""The zip that Gradescope wants: `setup.sh`, `run_autograder`, and the wheels they install from.

Source: gradescope-autograders.readthedocs.io, "Autograder Specifications": both scripts lie at the archive's
root, which is unpacked to /autograder/source.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

from grader.frontends.release.wheel import ReleaseError, build_wheel

SCRIPTS = ("setup.sh", "run_autograder")
_EPOCH = (2020, 1, 1, 0, 0, 0)  # so that the same sources give the same archive


def autograder(wheels: Iterable[Path] = (), points: Path | None = None, seed: int | None = None) -> bytes:
    """The archive. `wheels` are more to vendor, numpy's and pytest's for an image without a network.

    `points` is the course's misstep.toml, `seed` its secret seed, whose right answers go along.
    """
    name, wheel = build_wheel(seed=seed)
    # There always is one, so that none is looked for elsewhere.
    table = points.read_bytes() if points else b"# One point for each check.\n"
    content = {f"wheels/{name}": wheel, "misstep.toml": table}
    for path in wheels:
        if path.suffix != ".whl":
            raise ReleaseError(f"{path} is no wheel")
        content[f"wheels/{path.name}"] = path.read_bytes()
    folder = files("grader.frontends.release") / "autograder"
    scripts = {script: (folder / script).read_bytes() for script in SCRIPTS}
    return _zipped({**scripts, **content})


def _zipped(content: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content.items():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = (0o100755 if name in SCRIPTS else 0o100644) << 16
            archive.writestr(info, data)
    return out.getvalue()
