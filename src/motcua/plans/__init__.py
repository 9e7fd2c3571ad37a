"""The plan as a living thing: its tasks, their owners and evidence, obstacles, reports."""
