"""``course``: learn · teach · hand-in · print · build · new-activity · check · collect · grade · feedback · compare."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from course import places
from course.errors import CourseError, LearnerError, SetupError
from course.language import Language, explain, known, say, wished

if TYPE_CHECKING:
    from course.lab.serving import Room

app = typer.Typer(
    help="客户服务课程 / A course in customer service",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
MOST_HINTS = 200
MOST_SIGNS = 1000  # of one line on the terminal
Folder = Annotated[Optional[Path], typer.Argument(help="The learner's folder / 学员文件夹（默认 ~/service-course）")]  # noqa: UP045


@app.command()
def learn(
    folder: Folder = None,
    language: Annotated[str, typer.Option(help="zh or en; remembered in the folder / 界面语言，会记住")] = "",
    browser: Annotated[bool, typer.Option(help="Open a browser / 是否打开浏览器")] = True,
    port: Annotated[int, typer.Option(min=1024, max=65535, help="First port to try / 从哪个端口试起")] = 8888,
) -> None:
    """Open the course / 打开课程。"""
    from course import learn as room

    if language and known(language) is None:
        raise SetupError(f"{language!r} is no language of this course: zh or en / 语言请选 zh 或 en")
    home = (folder or places.default_folder()).expanduser().absolute()
    report = room.lay(home, known(language) or (None if (home / places.MARKER).exists() else wished()))
    typer.echo(f"课程文件夹 / Course folder: {home}")
    for name in report.kept:
        typer.echo(f"你改过这个文件，没有动它 / You changed this file, so it was left alone: {name}")
    for name in room.shadowing(home):
        typer.echo(f"请给这个文件改名，它会挡住同名的程序 / Please rename this file, it hides a program of that name: {name}")
    with _closing_on_ctrl_c("课程已关闭，答案都已保存 / Closed. Your answers are saved."):
        _stay_open(room.open_room(home, port=port), "课程地址 / The course is at:", browser)


@app.command()
def teach(
    language: Annotated[str, typer.Option(help="zh or en, for JupyterLab's own words / JupyterLab 的界面语言")] = "",
    browser: Annotated[bool, typer.Option(help="Open a browser / 是否打开浏览器")] = True,
    port: Annotated[int, typer.Option(min=1024, max=65535, help="First port to try / 从哪个端口试起")] = 8888,
) -> None:
    """For instructors: JupyterLab with nbgrader's formgrader in the course folder / 老师用：打开课程文件夹和批改页面。"""
    from course import teach as teaching

    if language and known(language) is None:
        raise SetupError(f"{language!r} is no language of this course: zh or en / 语言请选 zh 或 en")
    with _closing_on_ctrl_c("已关闭 / Closed."):
        desk = teaching.open_desk(Path.cwd(), known(language) or wished() or "zh", port=port)
        typer.echo(f"批改页面 / Formgrader: {desk.at(teaching.FORMGRADER)}")
        _stay_open(desk, "JupyterLab:", browser)


@app.command("hand-in")
def hand_in(
    exercise: Annotated[str, typer.Argument(help="For example m01 / 例如 m01")],
    name: Annotated[str, typer.Option("--name", help="Your number or name, for the file / 你的工号或姓名，写进文件名")] = "",
    folder: Annotated[Optional[Path], typer.Option(help="The learner's folder / 学员文件夹")] = None,  # noqa: UP045
    to: Annotated[Optional[Path], typer.Option(help="Where the file goes, too / 文件再放一份到哪里")] = None,  # noqa: UP045
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask back / 不再确认")] = False,
) -> None:
    """Hand an exercise in: through nbgrader's exchange where there is one, else as a file to send / 交作业。"""
    from course import handin

    home = (folder or places.learner_folder()).expanduser().absolute()
    language = _language_of(home)
    name = handin.learner_name(name) if name else ""
    now = handin.state(home, exercise)
    for line in handin.words.before(now, language):
        typer.echo(line)
    exchange = handin.find_exchange(home, exercise)
    if exchange:
        name = exchange.learner
    elif not name:
        last = handin.last_receipt(home)
        name = typer.prompt(say(language, "handin.name"), default=last.slip.learner if last else None)
    if not yes and handin.words.needs_asking(now) and not typer.confirm(say(language, "handin.sure"), default=True):
        typer.echo(say(language, "handin.not_now"))
        raise typer.Exit(1)
    receipt = handin.hand_in(home, exercise, name, to.expanduser() if to else None, exchange)
    for line in handin.words.after(receipt, language, exchange.course if exchange else "", now.receipt):
        typer.echo(line)


@app.command()
def collect(
    files: Annotated[list[Path], typer.Argument(help="Files that learners handed in, or folders of them")],
) -> None:
    """For instructors: take handed-in files into submitted/, each one checked first."""
    from course import collect as collecting
    from course import grade as grading

    outcomes = collecting.collect(grading.course_folder(Path.cwd()), files)
    for outcome in outcomes:
        typer.echo(str(outcome))
    if any(outcome.refused for outcome in outcomes):
        raise typer.Exit(1)


@app.command("print")
def print_(
    what: Annotated[str, typer.Argument(help="m01 · exercises/m01 · all / 一课、一份作业或全部")],
    language: Annotated[str, typer.Option(help="zh or en / 语言")] = "",
    folder: Annotated[Optional[Path], typer.Option(help="The learner's folder / 学员文件夹")] = None,  # noqa: UP045
    to: Annotated[Optional[Path], typer.Option(help="Where the print-out goes / 打印稿放在哪里")] = None,  # noqa: UP045
    pdf: Annotated[bool, typer.Option("--pdf", help="A PDF, too, by a browser of this computer / 同时用浏览器生成 PDF")] = False,
) -> None:
    """Print a lesson or an exercise with your answers, as a page for any browser / 打印课文和你的答案。"""
    from course import printing

    if language and known(language) is None:
        raise SetupError(f"{language!r} is no language of this course: zh or en / 语言请选 zh 或 en")
    home = (folder or places.learner_folder()).expanduser().absolute()
    path = printing.write(home, what, known(language) or _language_of(home), to.expanduser() if to else home / "printed")
    typer.echo(f"已生成 / Made: {path}")
    if pdf:
        typer.echo(f"已生成 / Made: {printing.to_pdf(path)}")


@app.command()
def build(
    module: Annotated[Optional[str], typer.Argument(help="One module only, such as m01")] = None,  # noqa: UP045
    translated: Annotated[
        bool, typer.Option("--translated", help="First note that the English lessons render the Chinese as it is now")
    ] = False,
) -> None:
    """For authors: make exercises/ from solutions/ and tidy all notebooks."""
    from course.authoring import build as builder
    from course.authoring import translations

    root = _root()
    if translated:
        for chinese in sorted((root / "course" / "zh").glob("*.ipynb")):
            if module in (None, chinese.stem.partition("_")[0]):
                translations.stamp(chinese, root / "course" / "en" / chinese.name)
    changed = builder.build(root, module)
    for path in changed:
        typer.echo(f"written: {path.relative_to(root)}")
    typer.echo(f"{len(changed)} notebooks changed" if changed else "everything is up to date")


@app.command("new-activity")
def new_activity(
    kind: Annotated[str, typer.Argument(help="One of the kinds in the gallery, such as sorting")],
    activity: Annotated[Optional[str], typer.Argument(help="Its id, such as m04.drivers; left out: print only")] = None,  # noqa: UP045
) -> None:
    """For authors: a commented YAML file to start an activity from."""
    from course.authoring import skeleton

    if activity is None:
        typer.echo(skeleton.text(kind), nl=False)
        return
    root = _root()
    path = skeleton.write(root / "course" / "content", kind, activity)
    typer.echo(f"written: {path.relative_to(root)}; now change its texts, put show({activity!r}) into a lesson, and run: course check")


@app.command()
def check() -> None:
    """For authors: find what does not hold in content, lessons and solutions."""
    from course.authoring import validate

    found = validate.faults(_root())
    for fault in found:
        typer.echo(str(fault), err=True)
    typer.echo(f"{len(found)} faults" if found else "no faults found")
    if found:
        raise typer.Exit(1)


@app.command()
def grade(
    exercise: Annotated[str, typer.Argument(help="For example m01")],
    learner: Annotated[Optional[str], typer.Option(help="One learner only")] = None,  # noqa: UP045
    again: Annotated[bool, typer.Option("--again", help="Mark again what is marked already")] = False,
    sandbox: Annotated[bool, typer.Option("--sandbox", help="For exercises with learners' own code: run it inside bubblewrap")] = False,
    scheduler: Annotated[Optional[str], typer.Option(help="A Dask cluster, such as tcp://10.0.0.5:8786")] = None,  # noqa: UP045
    stock: Annotated[bool, typer.Option("--stock", help="Let nbgrader autograde: slower, and it runs each notebook")] = False,
) -> None:
    """For instructors: mark what was collected for an exercise. What is marked stays marked; stop it and start it again as you like."""
    from course import grade as grading

    folder = grading.course_folder(Path.cwd())
    report = grading.grade(folder, exercise, learner, again=again, scheduler=scheduler, stock=stock, sandboxed=sandbox)
    for line in report.lines():
        typer.echo(line)


@app.command()
def feedback(
    exercise: Annotated[str, typer.Argument(help="For example m01")],
    learner: Annotated[Optional[str], typer.Option(help="One learner only")] = None,  # noqa: UP045
) -> None:
    """For instructors: a page for each learner with points, reasons and comments, and without keys."""
    from course import feedback as pages
    from course import grade as grading

    report = pages.feedback(grading.course_folder(Path.cwd()), exercise, learner)
    typer.echo(f"{len(report.written)} pages written: feedback/*/{exercise}/exercise.html. Next: nbgrader release_feedback {exercise}")
    for path in report.to_send:
        typer.echo(f"handed in as a file, so send this page yourself: {path}")
    for trouble in report.troubles:
        typer.echo(trouble, err=True)
    if report.troubles:
        raise typer.Exit(1)


@app.command()
def compare(
    exercise: Annotated[str, typer.Argument(help="For example m01")],
    least: Annotated[int, typer.Option(min=50, max=100, help="From how many percent on two texts are named")] = 80,
) -> None:
    """For instructors: who handed in the same or nearly the same text. A hint, not a verdict."""
    from course import compare as comparing
    from course import grade as grading
    from course.activities.base import printable

    found = comparing.compare(grading.course_folder(Path.cwd()), exercise, least)
    typer.echo("相似是聊一聊的由头，不是证据：先听学员怎么说。/ Similarity is a reason to talk, not a proof: hear the learners first.")
    for hint in found.hints[:MOST_HINTS]:
        begins = f": “{hint.begins}…”" if hint.begins else ""
        typer.echo(printable(f"{hint.similarity:3} %  {hint.what}: {', '.join(hint.learners)}{begins}", MOST_SIGNS))
    if len(found.hints) > MOST_HINTS:
        typer.echo(f"… and {len(found.hints) - MOST_HINTS} more; name fewer with a higher --least")
    typer.echo(f"{found.read} submissions compared, {len(found.hints)} hints")
    for trouble in found.troubles:
        typer.echo(printable(f"not compared: {trouble}", MOST_SIGNS), err=True)


@contextmanager
def _closing_on_ctrl_c(farewell: str) -> Iterator[None]:
    """What ends a server that runs in the foreground: Ctrl+C, or being asked to stop."""
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.default_int_handler)
    try:
        yield
    except KeyboardInterrupt:
        typer.echo(farewell)


def _stay_open(room: Room, name: str, browser: bool) -> None:
    """Say where it is, show it, and stay until it ends; whatever happens, no server stays behind."""
    from course.lab.serving import show_in_browser

    try:
        typer.echo(f"{name} {room.address}")
        typer.echo("关闭：在这里按 Ctrl+C / To close, press Ctrl+C here")
        sys.stdout.flush()
        if browser and not show_in_browser(room):
            typer.echo("没有找到浏览器，请手动打开上面的地址 / No browser was found: open the address above yourself")
        room.process.wait()
    finally:
        room.close()


def _language_of(folder: Path) -> Language:
    """The language of a learner's folder, unless the environment asks for another."""
    return wished() or known(places.remembered_language(folder / places.MARKER)) or "zh"


def _root() -> Path:
    """The checkout that this package runs from: authoring changes the course itself. Raises SetupError in an installed copy."""
    root = places.PACKAGE.parent
    if not (root / "solutions").is_dir():
        raise SetupError(f"{root}: no solutions/ here. Authors work in a checkout of the course, with: uv run course …")
    return root


def main() -> None:
    """The program: a fault is told in a sentence, without a traceback, and ends with exit code 1."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a console that has no Chinese shows question marks, and goes on
    try:
        app()
    except LearnerError as error:
        typer.echo(f"{explain(error, 'zh')} / {explain(error, 'en')}", err=True)
        raise SystemExit(1) from None
    except CourseError as error:
        typer.echo(str(error), err=True)
        raise SystemExit(1) from None
    except (OSError, RuntimeError) as error:  # a path that cannot be, a folder that is gone or closed
        typer.echo(f"{error} / 请检查文件夹的名称和权限", err=True)
        raise SystemExit(1) from None
