#!/usr/bin/env python3
"""Make the AppImage and the Debian package of a frozen application.

    python3 packaging/linux_package.py BUNDLE --python build/env/bin/python [--out dist]

BUNDLE is the folder that PyInstaller made. build.py calls this; alone it is for trying.
"""

import sys

from linux.package import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
