"""The AppImage and the Debian package of a frozen app; the command is `../linux_package.py`."""
