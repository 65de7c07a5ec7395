"""Location models by name: set covering, maximal covering, p-median, p-center, capacitated location, assignment."""

from optimize.location.located import Located, Served
from optimize.location.models import MODELS, Asked, Solved, solve

__all__ = ["MODELS", "Asked", "Located", "Served", "Solved", "solve"]
