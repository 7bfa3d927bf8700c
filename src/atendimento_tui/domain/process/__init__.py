"""A process: what a service is, written in TOML.

`schema` has the words of the file. `read` reads and checks it (`check`, `reachability`). `stored` reads what a desk has
stored. `fields` and `values` say what a form asks and what an answer may be; they load no pydantic, so screens may
import them before the first frame. For that reason nothing is imported here.
"""
