"""What people see: the command line, pictures, and later the page."""
