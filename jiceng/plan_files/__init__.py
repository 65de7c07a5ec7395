"""Plans as files that people read, compare and edit, and back: YAML for texts and differences, a workbook for planners.

``layout`` says which tables and columns a plan file has; ``rows`` fills them from a plan; ``yaml_*`` and ``workbook_*``
are the two forms; ``building`` makes a plan of what was read, with every mistake told at its place.
"""
