"""What the city publishes of itself: drafted, answered, approved by two, corrected in sight."""
