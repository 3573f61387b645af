"""How good a model is: figures, curves, and the images behind them."""
