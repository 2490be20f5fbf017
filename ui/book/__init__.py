"""The appointment book: its page, its grid, and the panels that ask about one appointment."""
