"""Formulas that authors write as text, such as ``contacts * (1 - p)``: read by ``language``, with the functions of ``functions``."""
