"""Figures out of the ledger: what was received and settled, the 766 index, targets, forecasts."""
