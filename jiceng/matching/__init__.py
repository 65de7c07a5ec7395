"""Is 1:1 matched funding better than other ways to give the same money, and where not: ``python -m jiceng.matching``."""
