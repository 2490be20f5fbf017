"""The steps of the tour, by what they show, and whoever takes them."""
