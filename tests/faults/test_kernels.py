"""Real kernels: messages while a cell runs, two kernels on one file, kernels that are killed."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, cast

import nbformat
import pytest
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import KernelManager, start_new_kernel
from nbclient import NotebookClient

from course import answers, catalog
from course.activities import Quiz
from course.answers import AnswerBook
from course.learn import lay

PATIENCE = 30.0
Message = dict[str, Any]


class Kernel:
    """A kernel in a folder, and what JupyterLab does with it: run cells, send messages to widgets."""

    def __init__(self, here: Path, **environment: str) -> None:
        self.manager: KernelManager
        self.client: BlockingKernelClient
        self.manager, self.client = start_new_kernel(kernel_name="python3", cwd=str(here), env={**os.environ, **environment})
        self.widgets: dict[str, str] = {}
        """The comms of the views by the title that they show."""

    def close(self) -> None:
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)
        self.manager.cleanup_resources()

    def until(self, found: Callable[[Message], bool]) -> list[Message]:
        """All messages up to the one that is waited for."""
        seen: list[Message] = []
        while not (seen and found(seen[-1])):
            seen.append(self.client.get_iopub_msg(timeout=PATIENCE))
            if seen[-1]["msg_type"] == "comm_open":
                state = seen[-1]["content"]["data"].get("state", {})
                if "content" in state:
                    self.widgets[state["content"]["title"]] = seen[-1]["content"]["comm_id"]
        return seen

    def start(self, code: str, subshell: str | None = None) -> str:
        """Begin a cell; returns the id of its request."""
        return self._request("execute_request", {"code": code, "silent": False, "stop_on_error": False}, subshell)

    def finish(self, request: str) -> list[Message]:
        """All messages up to the end of that cell."""
        return self.until(lambda message: idle_after(message, request))

    def run(self, code: str) -> list[Message]:
        return self.finish(self.start(code))

    def subshell(self) -> str:
        """Open a subshell, as JupyterLab does for widgets."""
        self.client.control_channel.send(self.client.session.msg("create_subshell_request", {}))
        reply = self.client.control_channel.get_msg(timeout=PATIENCE)
        return str(reply["content"]["subshell_id"])

    def send(self, title: str, message: Message, subshell: str | None = None) -> str:
        """Send a view a message, as its page does; returns the id of the request."""
        return self._request("comm_msg", {"comm_id": self.widgets[title], "data": {"method": "custom", "content": message}}, subshell)

    def tell(self, title: str, message: Message, subshell: str | None = None) -> list[Message]:
        """Send a view a message; returns what comes back until the kernel has done with it."""
        return self.finish(self.send(title, message, subshell))

    def _request(self, kind: str, content: Message, subshell: str | None) -> str:
        request = self.client.session.msg(kind, content)
        if subshell is not None:
            request["header"]["subshell_id"] = subshell
        self.client.shell_channel.send(request)
        return str(request["header"]["msg_id"])


def idle_after(message: Message, request: str) -> bool:
    idle = message["msg_type"] == "status" and message["content"]["execution_state"] == "idle"
    return bool(idle and message["parent_header"].get("msg_id") == request)


def assert_no_trouble(messages: list[Message]) -> None:
    assert [
        message["content"] for message in messages if message["msg_type"] == "error" or message["content"].get("name") == "stderr"
    ] == []


def state_in(messages: list[Message]) -> dict[str, Any]:
    """The last state that a view sent to its page."""
    return dict([sent["state"] for message in messages if "state" in (sent := sent_by_comm(message))][-1])


def sent_by_comm(message: Message) -> dict[str, Any]:
    """What a view sends to its page with this message, if anything."""
    return dict(message["content"]["data"].get("state", {})) if message["msg_type"] == "comm_msg" else {}


def text_of(messages: list[Message]) -> str:
    """The plain text of what a cell shows."""
    return "\n".join(message["content"]["data"]["text/plain"] for message in messages if message["msg_type"] == "display_data")


@pytest.fixture
def exercise(learner: Path) -> Path:
    """The exercise of m01 in a folder that course learn laid out."""
    lay(learner)
    return learner / "exercises" / "m01"


@pytest.fixture
def kernel_in(learner: Path) -> Iterator[Callable[..., Kernel]]:
    """Starts kernels of this learner; all are closed at the end."""
    with ExitStack() as stack:

        def start(here: Path, **environment: str) -> Kernel:
            kernel = Kernel(here, **{"COURSE_FOLDER": str(learner), **environment})
            stack.callback(kernel.close)
            return kernel

        yield start


def title(name: str) -> str:
    return catalog.activity(name).title.zh


def answer(name: str, seq: int = 1, **given: Any) -> Message:
    """The message of a page that answers one of m01's activities."""
    return {"do": "answer", "view": "v", "seq": seq, "answer": given}


def saved(exercise: Path, name: str) -> Any:
    entry = answers.read(exercise / "answers.json", "m01").entry(name)
    return entry.answer if entry else None


def items(name: str) -> list[str]:
    """The ids of what an activity asks."""
    activity = catalog.activity(name)
    return activity.open_items(activity.answer_type())


FIRST_FIELD = items("m01.as_customer")[0]
SHOW = "from course import show, check\nshow('m01.as_customer'); show('m01.potential'); check()"
LOOP = """
from course.notebook import _board
view = _board.views["m01.{name}"]
for n in range({count}):
    view._receive(None, {{"do": "answer", "seq": n, "answer": {answer}}}, [])
    assert view.state["status"]["kind"] == "saved", view.state["status"]
"""


BUSY = "import pathlib, time\nwhile not pathlib.Path('go').exists(): time.sleep(0.01)"


def test_an_answer_given_while_a_cell_runs_is_saved(exercise: Path, kernel_in: Callable[..., Kernel]) -> None:
    kernel = kernel_in(exercise)
    assert_no_trouble(kernel.run(SHOW))
    subshell = kernel.subshell()
    kernel.start(BUSY)
    request = kernel.send(title("m01.as_customer"), answer("as_customer", texts={FIRST_FIELD: "边跑边答"}), subshell)
    (exercise / "go").write_text("", encoding="utf-8")
    messages = kernel.finish(request)
    assert_no_trouble(messages)
    state = state_in(messages)
    assert (state["status"]["kind"], state["echo"]) == ("saved", {"view": "v", "seq": 1})
    assert saved(exercise, "as_customer")["texts"] == {FIRST_FIELD: "边跑边答"}


def test_a_view_on_a_thread_of_its_own_answers_while_a_cell_saves(exercise: Path, kernel_in: Callable[..., Kernel]) -> None:
    """ipykernel 7 answers a comm on the (sub)shell that showed it; the main shell saves to the same file all the while."""
    kernel = kernel_in(exercise)
    kernel.run("from course import show\nshow('m01.check')")
    subshell = kernel.subshell()
    kernel.finish(kernel.start("show('m01.as_customer')", subshell))
    loop = LOOP.format(name="check", count=10, answer='{"chosen": {}, "shown": [view.activity.questions[n % 3].id]}')
    busy = kernel.start(f"{loop}\n{BUSY}")
    for seq in range(10):
        messages = kernel.tell(title("m01.as_customer"), answer("as_customer", seq, texts={FIRST_FIELD: f"第{seq}次"}), subshell)
        assert_no_trouble(messages)
        states = [sent["state"] for message in messages if "state" in (sent := sent_by_comm(message))]
        assert ("saved", seq) in [(state["status"]["kind"], (state["echo"] or {}).get("seq")) for state in states]
    (exercise / "go").write_text("", encoding="utf-8")
    assert_no_trouble(kernel.finish(busy))
    assert saved(exercise, "as_customer")["texts"] == {FIRST_FIELD: "第9次"}
    assert saved(exercise, "check")["shown"] == [items("m01.check")[9 % 3]]


def test_a_killed_and_restarted_kernel_has_the_answer_again(exercise: Path, kernel_in: Callable[..., Kernel]) -> None:
    kernel = kernel_in(exercise)
    kernel.run(SHOW)
    ratings = dict.fromkeys(items("m01.potential"), 7)
    assert_no_trouble(kernel.tell(title("m01.as_customer"), answer("as_customer", texts={FIRST_FIELD: "客户的话"})))
    assert_no_trouble(kernel.tell(title("m01.potential"), answer("potential", ratings=ratings)))
    kernel.manager.restart_kernel(now=True)
    kernel.client.wait_for_ready(timeout=PATIENCE)
    messages = kernel.run(SHOW)
    assert_no_trouble(messages)
    assert "客户的话" in text_of(messages)
    assert "还没做完" not in text_of(messages)
    states = [message["content"]["data"]["state"].get("state") for message in messages if message["msg_type"] == "comm_open"]
    assert [state["status"]["text"][:4] for state in states if state] == ["上次作答", "上次作答"]


def test_two_kernels_on_one_exercise_lose_nothing(exercise: Path, kernel_in: Callable[..., Kernel]) -> None:
    kernels = [kernel_in(exercise), kernel_in(exercise)]
    codes = [
        LOOP.format(name="as_customer", count=30, answer=f'{{"texts": {{"{FIRST_FIELD}": str(n)}}}}'),
        LOOP.format(
            name="check", count=30, answer='{"chosen": {view.activity.questions[n % 3].id: [view.activity.questions[n % 3].options[0].id]}}'
        ),
    ]
    for kernel in kernels:
        assert_no_trouble(kernel.run("from course import show\nshow('m01.check'); show('m01.as_customer')"))
    running = [kernel.start(code) for kernel, code in zip(kernels, codes, strict=True)]
    for kernel, request in zip(kernels, running, strict=True):
        assert_no_trouble(kernel.finish(request))
    question = cast(Quiz, catalog.activity("m01.check")).questions[29 % 3]
    assert saved(exercise, "as_customer")["texts"] == {FIRST_FIELD: "29"}
    assert saved(exercise, "check")["chosen"] == {question.id: [question.options[0].id]}
    assert not list(exercise.glob("*.damaged.json"))


def test_a_kernel_killed_while_it_saves_leaves_a_whole_file(exercise: Path, kernel_in: Callable[..., Kernel]) -> None:
    kernel = kernel_in(exercise)
    kernel.run(SHOW)
    AnswerBook(exercise / "answers.json", "m01").save("check", {"chosen": {}})
    kernel.start(LOOP.format(name="as_customer", count=100_000, answer=f'{{"texts": {{"{FIRST_FIELD}": "字" * n}}}}'))
    end = time.monotonic() + PATIENCE
    while saved(exercise, "as_customer") is None and time.monotonic() < end:
        time.sleep(0.01)
    kernel.manager.signal_kernel(signal.SIGKILL)
    assert saved(exercise, "check") == {"chosen": {}}
    assert set(saved(exercise, "as_customer")["texts"][FIRST_FIELD]) <= {"字"}
    book = AnswerBook(exercise / "answers.json", "m01")
    book.save("check", {"chosen": {}, "typed": {}})  # the lock of the dead is free
    assert book.notice is None


def test_a_kernel_in_a_folder_that_cannot_be_written_says_so_on_the_page(learner: Path, kernel_in: Callable[..., Kernel]) -> None:
    here = learner / "lessons" / "en"
    here.mkdir(parents=True)
    kernel = kernel_in(here, COURSE_FOLDER="/proc/nowhere")
    messages = kernel.run("from course import show\nshow('m08.ticket_practice')")
    assert_no_trouble(messages)
    assert "THE CHEAP SEAT HAS GONE" in text_of(messages)
    messages = kernel.tell("The cheap seat has gone", {"do": "answer", "view": "v", "seq": 3, "answer": {"order": ["budget"]}})
    assert_no_trouble(messages)
    state = state_in(messages)
    assert state["status"]["kind"] == "error"
    assert "was not saved" in state["status"]["text"]
    assert (state["echo"], state["answer"]["order"]) == ({"view": "v", "seq": 3}, ["budget"])


def test_a_language_that_cannot_be_remembered_shows_no_traceback(exercise: Path, kernel_in: Callable[..., Kernel]) -> None:
    AnswerBook(exercise / "answers.json", "m01").save("check", {"chosen": {}})
    (exercise / "answers.json").chmod(0o444)
    kernel = kernel_in(exercise)
    kernel.run(SHOW)
    assert_no_trouble(kernel.tell(title("m01.as_customer"), {"do": "language", "view": "v", "seq": 1}))


def run_notebook(here: Path, cells: list[str], monkeypatch: pytest.MonkeyPatch, **environment: str) -> list[list[Any]]:
    """Run cells as nbclient does; returns the outputs of each."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    NotebookClient(notebook, timeout=60, resources={"metadata": {"path": str(here)}}).execute()
    return [cell.outputs for cell in notebook.cells]


def test_a_notebook_keeps_the_whole_text_beside_each_view(exercise: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    AnswerBook(exercise / "answers.json", "m01").save("as_customer", {"texts": {FIRST_FIELD: "我的话"}})
    shown = run_notebook(
        exercise, ["from course import check, show", "show('m01.as_customer')", "show('m01.potential')", "check()"], monkeypatch
    )
    assert [len(outputs) for outputs in shown] == [0, 1, 1, 1]
    for (output,) in shown[1:]:
        assert set(output["data"]) == {"text/plain", "application/vnd.jupyter.widget-view+json"}
    assert "   我的话" in shown[1][0]["data"]["text/plain"].splitlines()
    assert "还有哪些没做完" in shown[3][0]["data"]["text/plain"]


def test_under_nbgrader_a_notebook_prints_and_leaves_every_file_as_it_was(
    exercise: Path, learner: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    AnswerBook(exercise / "answers.json", "m01").save("as_customer", {"texts": {FIRST_FIELD: "我的话"}})
    before = {path: path.read_bytes() for path in learner.rglob("*") if path.is_file()}
    code = "import sys, json; print(json.dumps([name for name in ('anywidget', 'ipywidgets', 'plotly', 'pandas') if name in sys.modules]))"
    cells = ["from course import check, show", "show('m01.as_customer')", "show('m01.check')", "check()", code]
    shown = run_notebook(exercise, cells, monkeypatch, NBGRADER_EXECUTION="autograde")
    assert [[output["output_type"] for output in outputs] for outputs in shown] == [[], ["stream"], ["stream"], [], ["stream"]]
    assert "我的话" in shown[1][0]["text"]
    assert json.loads(shown[4][0]["text"]) == []
    assert {path: path.read_bytes() for path in learner.rglob("*") if path.is_file()} == before
    assert shown[1][0]["name"] == "stdout"
