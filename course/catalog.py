"""Finds, reads and validates ``content/``: the modules and their activities."""

from __future__ import annotations

import re
from collections.abc import Hashable
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from course import places
from course.activities import KINDS, Activity
from course.activities.base import Model, first_problem
from course.errors import ContentError, LearnerError
from course.language import Text

_MODULE = re.compile(r"m[0-9][0-9]|gallery")
_NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")


class Module(Model):
    """One module of the course map. ``lesson`` names its notebook in zh/ and en/, or is None while it is not written."""

    id: str
    title: Text
    minutes: int
    core: bool
    lesson: str | None = None


class CourseMap(Model):
    """``content/modules.yaml``: all modules in order."""

    modules: list[Module]


class _OneKey(yaml.constructor.SafeConstructor):
    """Refuses a mapping with the same key twice, which plain YAML resolves silently."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[Hashable] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                line = key_node.start_mark.line + 1
                raise yaml.MarkedYAMLError(problem=f"the key {key!r} stands here twice (line {line})", problem_mark=key_node.start_mark)
            seen.add(key)
        return super().construct_mapping(node, deep)


class _OneKeyLoader(_OneKey, yaml.SafeLoader):
    """Read by Python: slow, with the messages that authors know."""


class _FastLoader(_OneKey, getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # not every build has it
    """Read by libyaml: ten times as fast."""


def _load(text: str) -> Any:
    try:
        return yaml.load(text, Loader=_FastLoader)  # noqa: S506  (it is a SafeLoader)
    except yaml.YAMLError:
        return yaml.load(text, Loader=_OneKeyLoader)  # noqa: S506


def read_yaml(path: Path) -> Any:
    """The content of one YAML file. Raises ContentError that names the file, the line and the problem."""
    try:
        return _load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ContentError(path, "", "there is no such file") from None
    except OSError as error:
        raise ContentError(path, "", f"cannot be read: {error.strerror or error}") from None
    except UnicodeDecodeError as error:
        raise ContentError(path, "", f"is not UTF-8 (byte {error.start}); save it as UTF-8") from None
    except yaml.MarkedYAMLError as error:
        line = f"line {error.problem_mark.line + 1}" if error.problem_mark else ""
        hint = "" if "stands here twice" in str(error.problem) else f" ({_QUOTES})"
        raise ContentError(path, line, f"is not valid YAML: {error.problem}{hint}") from None
    except (yaml.YAMLError, TypeError, ValueError, RecursionError) as error:
        raise ContentError(path, "", f"is not valid YAML: {error}") from None


def read_activity(path: Path) -> Activity:
    """One activity out of ``content/mNN/<name>.yaml``. Raises ContentError that names the file and the field."""
    data = read_yaml(path)
    if not isinstance(data, dict):
        raise ContentError(path, "", "must hold one activity: kind, title, intro …")
    if "id" in data:
        raise ContentError(path, "id", "leave it out: the id is the folder and the file's name")
    kind = KINDS.get(str(data.get("kind")))
    if kind is None:
        raise ContentError(path, "kind", f"{data.get('kind')!r} is not one of {', '.join(KINDS)}")
    try:
        return kind.read({"id": f"{path.parent.name}.{path.stem}", **data})
    except ValidationError as error:
        raise ContentError(path, *_in_words(error)) from None
    except (RecursionError, ValueError, TypeError) as error:
        raise ContentError(path, "", f"cannot be read: {error}") from None


_QUOTES = "look at this line and the one above; a text with a colon or a comma needs quotes"
_WORDS = {
    "Extra inputs": "is not a field of this kind; check the spelling, take it out, or put a text with a comma in quotes",
    "String should match pattern": "must be an id: small letters, digits and _, beginning with a letter",
    "Input should be a valid string": "must be a text; put it in quotes",
    "Input should be a valid array": "must be a list, such as [one, two]",
    "Input should be an object": "must have parts of its own, a text for example zh and en",
    "String should have at least 1 character": "is empty; write it",
}
"""What pydantic says, by its beginning, and what an author reads instead."""


def _in_words(error: ValidationError) -> tuple[str, str]:
    """Field and problem of the first thing to mend; a misspelt field comes before the one that is missing for it."""
    field, problem = first_problem(error)
    language = {"zh": "Chinese", "en": "English"}.get(field.rpartition(".")[2])
    if problem == "Field required":
        problem = f"the {language} text is missing; write it" if language else "is missing; add it"
        beside = field.rpartition(".")[0]
        strange = [".".join(map(str, other["loc"])) for other in error.errors(include_url=False) if other["type"] == "extra_forbidden"]
        if misspelt := [other for other in strange if other.rpartition(".")[0] == beside]:
            problem += f" ({misspelt[0]} is not a field: is it this one, misspelt?)"
    for beginning, words in _WORDS.items():
        if problem.startswith(beginning):
            problem = words
    return field, problem.removeprefix("Value error, ")


@cache
def activity(activity_id: str) -> Activity:
    """The activity with this id, such as ``"m08.ticket"``.

    Raises LearnerError for an id that does not exist, ContentError for a file that does not hold.
    """
    module, _, name = activity_id.partition(".")
    path = places.content() / module / f"{name}.yaml"
    if not (_MODULE.fullmatch(module) and _NAME.fullmatch(name) and path.exists()):
        raise LearnerError("unknown_activity", activity=activity_id[:80], known=", ".join(_ids(module)[:12]) or "–")
    return read_activity(path)


def _ids(module: str) -> list[str]:
    folder = places.content() / module
    if not _MODULE.fullmatch(module) or not folder.is_dir():
        return []
    return [f"{module}.{path.stem}" for path in sorted(folder.glob("*.yaml"))]


def activities(module_id: str) -> list[Activity]:
    """All activities of a module, by name. Raises ContentError."""
    return [activity(activity_id) for activity_id in _ids(module_id)]


def activity_files() -> list[Path]:
    """Every activity file of the course, sorted: those of the modules and the gallery's."""
    return sorted(path for path in places.content().glob("*/*.yaml") if _MODULE.fullmatch(path.parent.name))


@cache
def modules() -> tuple[Module, ...]:
    """All modules of the course map, in order. Raises ContentError."""
    path = places.content() / "modules.yaml"
    try:
        return tuple(CourseMap.read(read_yaml(path)).modules)
    except ValidationError as error:
        raise ContentError(path, *_in_words(error)) from None


def module(module_id: str) -> Module:
    """The module with this id, such as ``"m08"``. Raises LearnerError."""
    for candidate in modules():
        if candidate.id == module_id:
            return candidate
    raise LearnerError("unknown_module", module=module_id[:80], known=", ".join(m.id for m in modules()))
