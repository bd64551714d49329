"""``python -m course.datasets.make``: writes every CSV file where it belongs."""

from pathlib import Path

from course.datasets.make import RECIPES, write

for name in RECIPES:
    print(write(name, Path(__file__).parent.parent))
