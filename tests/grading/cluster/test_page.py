"""What the page about clusters says to copy is what SLURM's shell and Kubernetes would take."""

from __future__ import annotations

import importlib.util
import re
import subprocess
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "instructors" / "cluster.md").read_text(encoding="utf-8")


def copied(language: str) -> str:
    """The first block of this language."""
    found = re.search(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    assert found
    return found[1]


def test_the_job_script_for_slurm_is_sound_shell_and_starts_workers(tmp_path: Path) -> None:
    pytest.importorskip("dask_jobqueue")
    path = tmp_path / "on_slurm.py"
    path.write_text(copied("python"))
    spec = importlib.util.spec_from_file_location("on_slurm", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    with module.make_cluster() as cluster:
        script = cluster.job_script()
    checked = subprocess.run(["bash", "-n"], input=script, text=True, capture_output=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, "")
    assert "#SBATCH --cpus-per-task=16" in script
    assert "#SBATCH -t 02:00:00" in script
    assert re.search(r"dask_worker tcp://\S+ .*--nthreads 1 .*--nworkers 16 .*--memory-limit 0", script)


def test_the_file_for_kubernetes_fits_the_operators_schema() -> None:
    spec = importlib.util.find_spec("dask_kubernetes")
    if spec is None or spec.origin is None:
        pytest.skip("dask-kubernetes is not installed")
    definition = Path(spec.origin).parent / "operator" / "deployment" / "helm" / "dask-kubernetes-operator" / "crds"
    crd: dict[str, Any] = yaml.safe_load((definition / "daskcluster.yaml").read_text())
    schema = next(v["schema"]["openAPIV3Schema"] for v in crd["spec"]["versions"] if v["name"] == "v1")
    ours = yaml.safe_load(copied("yaml"))
    jsonschema.validate(ours, schema)
    assert ours["kind"] == crd["spec"]["names"]["kind"]
    del ours["spec"]["worker"]["spec"]["containers"][0]["name"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(ours, schema)
