"""The front door: the pipeline, studies and the command line."""
