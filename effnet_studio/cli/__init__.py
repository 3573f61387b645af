"""The command line: one thin face of the engine. Commands import what is heavy when they run."""
