"""The counter of a one-stop unit: taking in what is brought or posted, and the end of a shift."""
