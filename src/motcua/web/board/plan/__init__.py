"""The city's plan on screen: its tasks, what is owed, what stands in the way, and the report."""
