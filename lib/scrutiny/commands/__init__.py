"""The commands: what each takes, what it does, and what it says.

These modules load nothing heavy until a command runs.
"""
