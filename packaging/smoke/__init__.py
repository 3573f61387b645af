"""Tries the packages in a bare system without network; the command is `../smoke_test.py`."""
