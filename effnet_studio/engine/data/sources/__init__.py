"""Where pictures come from: folders, tables and archives, and what their names say."""
