"""The waiting room's display: who is called and where to go, seen from ten metres, and heard."""
