"""What it means: stored runs, paired comparison, charts and the page."""
