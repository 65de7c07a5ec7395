"""What happens: the simulation of every resident under a plan."""
