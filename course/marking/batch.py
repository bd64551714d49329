"""Many submissions over an executor: processes of this machine, or a Dask cluster. What a worker loses costs one submission at most."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from contextlib import AbstractContextManager, contextmanager
from itertools import islice

from course.errors import SetupError
from course.marking.run import HandedIn, Marked, mark_each

AT_ONCE = 50
"""Submissions in a task: enough to make the way there and back cheap, few enough for a transaction and a worker's memory."""
MOST_WORKERS = 61
"""As many as Windows can wait for."""

Pool = Callable[[], AbstractContextManager[Executor]]
Task = Sequence[HandedIn]


def processors() -> int:
    """How many processors this program may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def processes(most: int = MOST_WORKERS) -> Iterator[Executor]:
    """Fresh processes of this machine, one a processor; none before there is a task where ``most`` is 0.

    Not forked: they know nothing of the gradebook's address.
    """
    workers = min(processors(), most, MOST_WORKERS)
    pool = ProcessPoolExecutor(max(1, workers), multiprocessing.get_context("spawn"), initializer=_live_with_the_first)
    with _ctrl_c_kept_back():  # a worker that is still importing must not answer it, either
        for _ in range(workers):
            pool.submit(int)
    try:
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _ctrl_c_kept_back() -> Iterator[None]:
    """Processes that are started here never get Ctrl+C; this one gets it a moment later."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _live_with_the_first() -> None:
    """Leave Ctrl+C to the program that started this worker, and end when that ends, however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_the_first, daemon=True).start()


def _end_with_the_first() -> None:
    if (first := multiprocessing.parent_process()) is not None:
        first.join()
        os._exit(1)


@contextmanager
def cluster(scheduler: str) -> Iterator[Executor]:
    """The workers of a Dask scheduler such as ``tcp://10.0.0.5:8786``. Raises SetupError."""
    try:
        from distributed import Client
    except ImportError:
        raise SetupError("a cluster wants Dask: pip install 'service-course[cluster]'") from None
    try:
        client = Client(scheduler, timeout=10, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise SetupError(f"{scheduler}: no Dask scheduler answers there ({type(error).__name__}). Start one with: dask scheduler") from None
    with client, client.get_executor() as executor:
        yield executor


def marked(source: bytes, submissions: Iterable[HandedIn], pool: Pool, ahead: int) -> Generator[list[Marked]]:
    """Mark submissions with a pickled ``Source``, some in a task and ``ahead`` tasks under way; yields each task's results.

    Where a task ends its worker, each of its submissions is tried alone, and the one that did it comes back without a notebook.
    """
    left = iter(submissions)
    tasks = iter(lambda: list(islice(left, AT_ONCE)), [])
    while True:
        suspects: list[Task] = []
        with pool() as executor:
            yield from _drained(source, tasks, executor, ahead, suspects)
        if not suspects:
            return
        yield from _one_by_one(source, [submission for task in suspects for submission in task], pool)


def _drained(source: bytes, tasks: Iterator[Task], executor: Executor, ahead: int, suspects: list[Task]) -> Iterator[list[Marked]]:
    """Results as they come, until all is done or a task has ended its worker; then ``suspects`` are the tasks that were under way."""
    under_way: dict[Future[list[Marked]], Task] = {}
    more = True
    while more or under_way:
        while more and len(under_way) < ahead:
            task = next(tasks, None)
            if task is None:
                more = False
                break
            try:
                under_way[executor.submit(mark_each, source, task)] = task
            except BrokenExecutor:
                suspects.append(task)
                more = False
        for done in wait(under_way, return_when=FIRST_COMPLETED).done if under_way else ():
            task = under_way.pop(done)
            try:
                result = done.result()
            except (ImportError, AttributeError) as error:
                raise SetupError(f"the workers have no such course as this one ({error}); install the same version there") from None
            except Exception:  # whatever a worker died of
                suspects.append(task)
                more = False
            else:
                yield result


def _one_by_one(source: bytes, submissions: list[HandedIn], pool: Pool) -> Iterator[list[Marked]]:
    """Each as a task of its own, with new workers after each that ends one."""
    left = iter(submissions)
    lost = True
    while lost:
        lost = False
        with pool() as executor:
            for submission in left:
                try:
                    yield executor.submit(mark_each, source, [submission]).result()
                except Exception as error:  # as above
                    reason = f"not marked: it ended the program that marks ({type(error).__name__})"
                    yield [Marked(submission.learner, b"", {}, (reason,))]
                    lost = True
                    break
