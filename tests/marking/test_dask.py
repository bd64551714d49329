"""Marking over a real Dask cluster whose workers die on the way: every submission is marked once, and workers know what they need."""

from __future__ import annotations

import os
import pickle
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from course import grade
from course.errors import SetupError
from course.marking import batch, job
from course.marking.run import HandedIn, Marked
from tests.marking import classroom, in_a_worker
from tests.marking.classroom import answer_file, hand_in
from tests.marking.learners import middling, perfect
from tests.marking.test_resume import files

pytestmark = pytest.mark.filterwarnings("default")  # a cluster that loses its workers says much on its way

M = "m08"
CLASS = 400


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """The address of a scheduler with two workers, in processes of their own."""
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50) as made:
        yield made.scheduler_address


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A class that has handed in, with a gradebook whose address is a secret."""
    config = f"\nc.CourseDirectory.db_url = 'sqlite:///{tmp_path / 'hidden-address.db'}'\n"
    made = classroom.new_course(tmp_path / "course", [M], config)
    some = [answer_file(M, perfect), answer_file(M, middling, "en"), None]
    for n in range(CLASS):
        hand_in(made, f"l{n:03}", M, some[n % 3])
    return made


def rows(folder: Path) -> classroom.Rows:
    return classroom.rows(f"sqlite:///{folder.parent / 'hidden-address.db'}")


def workers(scheduler: str) -> list[int]:
    from distributed import Client

    with Client(scheduler, set_as_default=False) as client:
        return sorted(client.run(os.getpid).values())


def test_a_worker_killed_half_way_costs_nothing(cluster: str, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    victim = workers(cluster)[0]
    seen: list[str] = []
    keep = job._Job._keep

    def keep_and_kill(self: job._Job, results: list[Marked]) -> None:
        if not seen:
            psutil.Process(victim).kill()
        seen.extend(result.learner for result in results)
        keep(self, results)

    monkeypatch.setattr(job._Job, "_keep", keep_and_kill)
    monkeypatch.setattr(batch, "AT_ONCE", 20)
    report = grade.grade(folder, M, scheduler=cluster)
    assert (report.marked, report.odd) == (CLASS, {})
    assert sorted(seen) == [f"l{n:03}" for n in range(CLASS)]
    assert not psutil.pid_exists(victim) or psutil.Process(victim).status() == psutil.STATUS_ZOMBIE

    monkeypatch.undo()
    over_dask = rows(folder), files(folder)
    shutil.rmtree(folder / "autograded")
    (folder.parent / "hidden-address.db").unlink()
    assert grade.grade(folder, M).marked == CLASS
    assert (rows(folder), files(folder)) == over_dask


def test_what_goes_to_a_worker_holds_no_address_and_no_other_key(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[bytes] = []
    marked = batch.marked

    def overheard(source: bytes, submissions: Iterator[HandedIn], *more: object) -> object:
        held = list(submissions)
        sent.append(source + pickle.dumps(held))
        return marked(source, held, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(job.batch, "marked", overheard)
    grade.grade(folder, M, "l000")
    assert len(sent) == 1
    assert b"m08.ticket" in sent[0]
    assert b"hidden-address" not in sent[0]
    assert b"sqlite" not in sent[0]
    others = [name for name in classroom.MODULES if name != M]
    assert not any(f"{name}.".encode() in sent[0] for name in others)


def test_our_own_workers_are_no_copies_of_the_first_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(in_a_worker, "known", "the gradebook's address")
    with batch.processes(1) as pool:
        assert pool.submit(in_a_worker.what_is_known).result() is None


def test_no_scheduler_is_a_sentence(folder: Path) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{nobody.getsockname()[1]}"
        with pytest.raises(SetupError, match="no Dask scheduler answers there"):
            grade.grade(folder, M, scheduler=address)
    with pytest.raises(SetupError, match="no Dask scheduler answers there"):
        grade.grade(folder, M, scheduler="nonsense://x")
