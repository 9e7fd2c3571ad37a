"""Pages of lateness: the numbers, and the lists behind them."""
