"""What an affiliate earns, as pure functions: nothing here but Python's standard library, so that anybody can run it.

`python recompute_statement.pyz statement.json` is this package (affiliates/engine/package.py), word for word.
"""
