"""A process defines a service. It is written in TOML.

`schema` defines the words of the file. `read` reads and checks a file (`check`, `reachability`). `stored` reads the
processes that a desk has stored. `fields` decides what a form asks, and `values` what an answer may be. These two do
not import pydantic, so that screens may import them before the first frame; for the same reason this module imports
nothing.
"""
