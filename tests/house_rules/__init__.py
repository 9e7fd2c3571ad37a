"""Rules about the code itself that no linter knows. Each rule yields what breaks it."""
