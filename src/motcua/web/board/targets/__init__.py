"""The board of targets, its drills, files and meeting pack."""
