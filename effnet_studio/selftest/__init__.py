"""The whole job in the real window, by its own controls: does everything work on this computer?"""
