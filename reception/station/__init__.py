"""A station that shares its database with others: while that is out of reach, it goes on with a file of its own, and
what it did joins when it is back.
"""
