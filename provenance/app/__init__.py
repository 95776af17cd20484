"""The use cases: one module a thing that a person can ask for; values in, values out, the world as arguments."""
