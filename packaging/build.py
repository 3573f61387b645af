#!/usr/bin/env python3
"""Make the installers of EffNet Studio for the system that this runs on.

    python3 packaging/build.py                    everything: on Linux the AppImage and the .deb
    python3 packaging/build.py --only bundle      only the folder with the program
    python3 packaging/build.py --only appimage    of the folder that is there already
    python3 packaging/build.py --out FOLDER       somewhere else than in dist

It makes an environment of its own in build/env with the pinned packages, freezes the app, takes out
what is not used, writes down the licences, and packs. The first time takes about a quarter of an
hour. Everything the tools say is in build/build.log; docs/installing.md says more.
"""

import sys

from bootstrap import version_complaint

if __name__ == "__main__":
    complaint = version_complaint(sys.version_info[:2])
    if complaint:
        sys.exit(complaint)
    from bundle.main import main

    sys.exit(main(sys.argv[1:]))
