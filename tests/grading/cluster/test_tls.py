"""A cluster that talks TLS, with certificates as an administrator makes them."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.grading.cluster.conftest import Cluster, grade, make_class, results

pytest.importorskip("distributed")
pytestmark = pytest.mark.long


class Certificates:
    """An authority of one's own, and a key with a certificate that it signed."""

    def __init__(self, home: Path) -> None:
        home.mkdir()
        self.ca, self.cert, self.key = home / "ca.pem", home / "cert.pem", home / "key.pem"
        new = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
        authority, request = home / "ca.key", home / "request.pem"
        _openssl("req", "-x509", *new, "-keyout", authority, "-out", self.ca, "-days", "2", "-subj", "/CN=our-ca")
        _openssl("req", *new, "-keyout", self.key, "-out", request, "-subj", "/CN=dask")
        signed = ("-CA", self.ca, "-CAkey", authority, "-CAcreateserial", "-days", "2", "-out", self.cert)
        _openssl("x509", "-req", "-in", request, *signed)

    def options(self) -> tuple[str, ...]:
        """The same for `dask scheduler`, `dask worker` and `misstep grade`."""
        return "--tls-ca-file", str(self.ca), "--tls-cert", str(self.cert), "--tls-key", str(self.key)


def _openssl(*words: str | Path) -> None:
    subprocess.run(["openssl", *map(str, words)], check=True, capture_output=True)


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return Certificates(tmp_path_factory.mktemp("tls") / "ours")


@pytest.fixture(scope="module")
def secure(ours: Certificates, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A scheduler and a worker that talk TLS only."""
    made = Cluster(tmp_path_factory.mktemp("cluster"), options=("--protocol", "tls", *ours.options()))
    made.add_worker("ada")
    yield made
    made.close()


def test_tls_gives_the_same_bytes(secure: Cluster, ours: Certificates, tmp_path: Path) -> None:
    batch = make_class(tmp_path / "class", 3)
    assert secure.address.startswith("tls://")
    there = grade(batch, tmp_path / "there", "--scheduler", secure.address, *ours.options())
    assert there.returncode == 0, there.stderr + secure.logs()
    here = grade(batch, tmp_path / "here")
    assert here.returncode == 0
    assert results(tmp_path / "there") == results(tmp_path / "here")


def test_tls_may_be_left_to_dasks_own_configuration(
    secure: Cluster, ours: Certificates, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = {"CA_FILE": ours.ca, "CLIENT__CERT": ours.cert, "CLIENT__KEY": ours.key}
    for name, path in settings.items():
        monkeypatch.setenv(f"DASK_DISTRIBUTED__COMM__TLS__{name}", str(path))
    done = grade(make_class(tmp_path / "class", 1), tmp_path / "out", "--scheduler-file", str(secure.file))
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("who", ["without certificates", "with those of a stranger", "with a file that is not there"])
def test_nobody_gets_in_without_a_certificate_of_the_authority(
    secure: Cluster, ours: Certificates, tmp_path: Path, who: str
) -> None:
    options: tuple[str, ...] = ()
    if who == "with those of a stranger":
        options = Certificates(tmp_path / "theirs").options()
    if who == "with a file that is not there":
        options = ("--tls-ca-file", str(tmp_path / "nothing.pem"))
    done = grade(make_class(tmp_path / "class", 1), tmp_path / "out", "--scheduler", secure.address, *options)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "no Dask scheduler can be reached at tls://" in done.stderr.splitlines()[-1]
