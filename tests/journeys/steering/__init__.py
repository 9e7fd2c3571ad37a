"""Those who steer the city, those who publish what it is worth, and those who read that."""
