"""What is decided: the plan, its program and its audit."""
