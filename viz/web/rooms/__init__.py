"""Rooms: a class takes a lesson together. `rooms` has the rules, `stores` keeps, `handlers` speaks HTTP."""
