"""The calls that a notebook's cell makes: ``show("m08.ticket")``, ``mark("m08.ticket", key=…)``. Read, never run."""

from __future__ import annotations

import ast


def calls(source: str, name: str) -> list[ast.Call]:
    """All calls of this name in a cell, in order. Raises SyntaxError."""
    found = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    return [call for call in found if isinstance(call.func, ast.Name) and call.func.id == name]


def first_argument(call: ast.Call) -> str:
    """The text that a call is given first; empty where it is none."""
    value = call.args[0].value if call.args and isinstance(call.args[0], ast.Constant) else ""
    return value if isinstance(value, str) else ""


def only_call(source: str, name: str) -> ast.Call | None:
    """The call, where the cell is that single expression and shows its value; else None.

    nbgrader gives full marks for a grade cell without a result: an assignment, a trailing semicolon or a later line would be one.
    """
    body = ast.parse(source).body
    if len(body) != 1 or not isinstance(body[0], ast.Expr) or not isinstance(body[0].value, ast.Call):
        return None
    call = body[0].value
    lines = [line for line in source.splitlines() if not line.lstrip().startswith("#")]
    ends_quietly = "\n".join(lines).rstrip().endswith(";")
    return call if isinstance(call.func, ast.Name) and call.func.id == name and not ends_quietly else None
