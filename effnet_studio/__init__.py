"""EffNet Studio: teach a computer to recognise your own pictures."""

__version__ = "0.1.0"
