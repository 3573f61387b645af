"""What a wheel must hold, and its trial; the command is `../check_wheel.py`."""
