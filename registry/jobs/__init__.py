"""Work outside the request: kinds of jobs, starting, following and cancelling one, and the worker's side of it.

A layer below reports and imports, which declare kinds of jobs of their own and know nothing of workers.
"""
