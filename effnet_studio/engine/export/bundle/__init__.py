"""What lies beside an exported file: programs that use it."""
