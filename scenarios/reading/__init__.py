"""Reading and writing what planners edit: strict YAML, tables as text, every problem told at once."""
