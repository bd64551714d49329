"""Kernels forked from a warm process that has the imports done: a notebook's kernel is there in a fraction of the time.

``warm`` is that process, ``nursery`` starts it and asks it for kernels, ``provisioner`` is how Jupyter comes to ask, ``lab`` is
JupyterLab with all of it. Where a kernel cannot be forked (no Linux, another Python, the warm process died), it is started as ever.
"""
