"""Planted defects and their clean look-alikes: each on a subject of its own, all in one run of one company.

Belongs here: what is damaged and how, what must be said of it, whose pay it must stay out of. Does not belong here:
bytes that never reach the warehouse (tests/unit/landing), the demo company's own incidents (tests/pipeline).
"""
