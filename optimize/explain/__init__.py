"""Why a plan is as it is: what limits it, what one more would be worth, why not something else, and why nothing fits."""
