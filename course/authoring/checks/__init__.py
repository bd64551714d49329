"""What must hold between content, lessons, solutions and texts; a file for each."""
