"""Reports of the settlement of dossiers, for any period, as known now or on a past day."""
