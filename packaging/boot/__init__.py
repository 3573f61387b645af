"""Sets up and starts the app with nothing but Python installed; the command is `../bootstrap.py`.

Only Python's own library may be imported here.
"""
