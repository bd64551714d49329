"""The gradebook in a real PostgreSQL server: the same rows as nbgrader's own autograding writes there, and the same as in SQLite."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from course import grade
from course.errors import SetupError
from course.marking import grades
from course.marking.school import School
from tests.marking import classroom
from tests.marking.test_equal import LATE, Left, course_of_events, registered

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
pytestmark = pytest.mark.skipif(not PROGRAMS and not os.environ.get("CI"), reason="no PostgreSQL: apt-get install postgresql")
MODULES = ["m01", "m02"]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of this test alone, in a folder of its own; yields the beginning of its databases' addresses."""
    programs = PROGRAMS[-1].parent
    home = Path("/tmp") / f"course-postgres-{os.getpid()}"  # the postgres user cannot enter pytest's folders
    home.mkdir(mode=0o700)
    user: dict[str, object] = {}
    if os.getuid() == 0:  # the server refuses to run as root
        owner = pwd.getpwnam("postgres")
        os.chown(home, owner.pw_uid, owner.pw_gid)
        user = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    def run(*command: str) -> None:
        done = subprocess.run(command, cwd=home, capture_output=True, text=True, **user)  # type: ignore[call-overload]
        assert done.returncode == 0, done.stderr

    data = str(home / "data")
    run(str(programs / "initdb"), "-D", data, "-U", "course", "--auth=trust", "--encoding=UTF8", "--locale=C")
    options = f"-p {port} -k {home} -c listen_addresses=127.0.0.1 -c fsync=off"
    try:
        run(str(programs / "pg_ctl"), "-D", data, "-w", "-l", str(home / "log"), "-o", options, "start")
        yield f"postgresql+psycopg://course@127.0.0.1:{port}"
        run(str(programs / "pg_ctl"), "-D", data, "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(home)


def database(server: str, name: str) -> str:
    """The address of a new, empty database."""
    engine = create_engine(f"{server}/postgres", isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return f"{server}/{name}"


def course(folder: Path, db_url: str) -> Path:
    return classroom.new_course(folder, MODULES, f"{LATE}\nc.CourseDirectory.db_url = {db_url!r}\n")


def test_the_same_rows_and_files_as_nbgrader_in_postgresql(server: str, tmp_path: Path) -> None:
    left: list[Left] = []
    for name, mark in (("stock", classroom.stock), ("ours", classroom.ours)):
        folder = course(tmp_path / "course", database(server, name))
        registered(folder, MODULES)
        left.append(course_of_events(folder, MODULES, mark))
        assert not (folder / "gradebook.db").exists()
        shutil.rmtree(folder)
    stock, ours = left
    assert ours.rows == stock.rows
    assert ours.scores == stock.scores
    assert ours.files == stock.files
    assert len(ours.scores) == 10


def test_the_schema_is_made_once_with_nbgraders_version(server: str, tmp_path: Path) -> None:
    address = database(server, "schema")
    folder = course(tmp_path / "course", address)
    classroom.hand_in(folder, "王芳", "m01", None)
    assert grade.grade(folder, "m01").marked == 1
    assert grade.grade(folder, "m01").already == 1
    engine = create_engine(address)
    with engine.connect() as connection:
        versions = connection.execute(text("SELECT version_num FROM alembic_version")).all()
    engine.dispose()
    assert len(versions) == 1


def test_a_row_that_another_keeps_is_waited_for(server: str, tmp_path: Path) -> None:
    """A person who saves a manual mark in the formgrader at the same moment loses nothing."""
    address = database(server, "shared")
    folder = course(tmp_path / "course", address)
    classroom.hand_in(folder, "王芳", "m01", None)
    grade.grade(folder, "m01")
    engine = create_engine(address)
    report = []
    marking = threading.Thread(target=lambda: report.append(grade.grade(folder, "m01", again=True)))
    with engine.connect() as person, engine.connect() as watcher:
        person.execute(text("UPDATE grade SET manual_score = 7, needs_manual_grade = false WHERE auto_score IS NOT NULL"))
        marking.start()
        waiting = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
        while marking.is_alive() and not watcher.execute(waiting).scalar():
            watcher.rollback()
        person.commit()
    marking.join()
    engine.dispose()
    assert [one.marked for one in report] == [1]
    manual = [row[5:] for row in classroom.rows(address)["grades"] if row[4] is not None]
    assert manual == [(7.0, None, True)] * 2


def test_the_due_date_is_read_from_where_the_gradebook_is(server: str, tmp_path: Path) -> None:
    address = database(server, "due")
    folder = course(tmp_path / "course", address)
    assert grades.due(grades.address(folder), "m01") is None  # nothing is in it yet
    grade.register(folder, "m01")
    assert grades.due(grades.address(folder), "m01") is None
    classroom.due(folder, "m01", datetime(2026, 3, 1, 10, tzinfo=UTC))
    assert grades.due(grades.address(folder), "m01") == datetime(2026, 3, 1, 10, tzinfo=UTC)


def test_a_server_that_is_away_is_a_sentence(tmp_path: Path) -> None:
    folder = course(tmp_path / "course", "postgresql+psycopg://course@127.0.0.1:9/none")
    classroom.hand_in(folder, "王芳", "m01", None)
    with pytest.raises(SetupError, match="the gradebook"):
        grade.grade(folder, "m01")
    assert School(folder).db_url.endswith("/none")
    assert not list((folder / "autograded").glob("*/m01"))
