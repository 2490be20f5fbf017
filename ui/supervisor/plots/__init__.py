"""Plots of the supervisor's window: themed, read by keyboard, each with its table beside it, saved as a picture.

pyqtgraph is imported here and nowhere else, so that only the supervisor's window waits for it.
"""
