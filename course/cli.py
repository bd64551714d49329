"""``course``: learn · hand-in · build · new-activity · check · grade."""

from __future__ import annotations

import signal
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, Optional

import typer

from course import places
from course.errors import CourseError, LearnerError, SetupError
from course.language import explain, known, wished

app = typer.Typer(
    help="客户服务课程 / A course in customer service",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
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
    running = None
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.default_int_handler)
    try:
        running = room.open_room(home, port=port)
        typer.echo(f"课程地址 / The course is at: {running.address}")
        typer.echo("关闭课程：在这里按 Ctrl+C / To close the course, press Ctrl+C here")
        sys.stdout.flush()
        if browser and not room.show_in_browser(running):
            typer.echo("没有找到浏览器，请手动打开上面的地址 / No browser was found: open the address above yourself")
        running.process.wait()
    except KeyboardInterrupt:
        typer.echo("课程已关闭，答案都已保存 / Closed. Your answers are saved.")
    finally:
        if running is not None:
            running.close()


@app.command("hand-in")
def hand_in(
    exercise: Annotated[str, typer.Argument(help="For example m01 / 例如 m01")],
    name: Annotated[
        str, typer.Option("--name", prompt="你的工号或姓名 / Your number or name", help="Goes into the file's name / 写进文件名")
    ],
    folder: Annotated[Optional[Path], typer.Option(help="The learner's folder / 学员文件夹")] = None,  # noqa: UP045
    to: Annotated[Optional[Path], typer.Option(help="Where the file goes / 文件放在哪里")] = None,  # noqa: UP045
) -> None:
    """Make one file of an exercise to send to your instructor / 把作业打成一个文件交给老师。"""
    from course import handin

    receipt = handin.hand_in((folder or places.learner_folder()).expanduser().absolute(), exercise, name, to.expanduser() if to else None)
    typer.echo(f"已生成 / Made: {receipt.path}")
    typer.echo(f"时间 / Time: {receipt.moment.astimezone():%Y-%m-%d %H:%M:%S}")
    typer.echo(f"校验码 / SHA-256: {receipt.digest}")


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
    scheduler: Annotated[Optional[str], typer.Option(help="A Dask cluster, such as tcp://10.0.0.5:8786")] = None,  # noqa: UP045
    stock: Annotated[bool, typer.Option("--stock", help="Let nbgrader autograde: slower, and it runs each notebook")] = False,
) -> None:
    """For instructors: mark what was collected for an exercise. What is marked stays marked; stop it and start it again as you like."""
    from course import grade as grading

    folder = grading.course_folder(Path.cwd())
    for line in grading.grade(folder, exercise, learner, again=again, scheduler=scheduler, stock=stock).lines():
        typer.echo(line)


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
