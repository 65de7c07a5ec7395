"""The builder: a district drawn from public totals and norms, exactly, by seed."""
