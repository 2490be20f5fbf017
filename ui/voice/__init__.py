"""What the program says aloud: speech and chime, made and played by a process of its own."""
