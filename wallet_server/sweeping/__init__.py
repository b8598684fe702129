"""The sweep: a list of people and badges looked through from end to end. What is in the list
(`lists`, `tables`, `columns`), the queue and what was found (`store/sweeps.py`), the work
(`runner`), and what comes back (`sheets`, `formulas`).
"""
