"""Kernels forked from a warm process that has the imports done: a notebook's kernel is there in a fraction of the time.

``warm`` is that process, ``nursery`` starts it and asks it for kernels, ``provisioner`` is how Jupyter comes to ask, ``lab`` is
JupyterLab and ``nbval`` is nbval with all of it. Where a kernel cannot be forked (no Linux, another Python, the warm process died), it
is started as ever.
"""

import sys


def without_grammar() -> None:
    """Keep a grammar out of this process that jsonschema compiles for nearly a second whenever nbformat is imported.

    It checks "iri" formats, which no schema of Jupyter's has; without it jsonschema leaves that check out, as where it is not installed.
    """
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]  # None is Python's word for: not to be had
