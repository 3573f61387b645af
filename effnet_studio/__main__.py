"""``python -m effnet_studio`` runs the command line."""

from effnet_studio.cli.main import main

if __name__ == "__main__":
    main()
