"""Ready-made analyses: each takes a table, the names of its columns and what a learner may choose, and gives back a small table.

They are pure and know no file. Modules import pandas at the top, so import them where a figure is drawn, not before:
``from course.analyses.pareto import pareto`` inside the function that needs it. Without pandas come ``terms`` (the words that a
specification may use, and AnalysisError) and ``lifetime`` (formulas). Nothing is imported here.

The rules that all keep:
- A share is a fraction between 0 and 1, never a percentage. Undefined is NaN in a table and None in a dataclass, without a warning.
- Result columns have names of their own, whatever the data call theirs; rows are numbered from 0.
- No rows (a learner's filter may leave none) give a result without rows and with the same columns. What cannot be asked at all (a column
  that is not there, an unknown aggregation) raises AnalysisError and names it.
- Dates are whole days: datetimes, dates or ISO text (2025-03-31); a time of day is cut off.
"""
