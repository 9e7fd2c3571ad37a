"""The leader's screens of the 766 index: points, what they are made of, and the dossiers behind."""
