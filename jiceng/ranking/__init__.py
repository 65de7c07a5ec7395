"""What every mechanism brings and costs, alone and on top of everything else: ``python -m jiceng.ranking``."""
