"""How many cases the properties try: `quick`, or 5,000 of each with `HYPOTHESIS_PROFILE=long` (half an hour)."""

import os

from hypothesis import HealthCheck, settings

# No deadline: machines are shared, and a slow case is not a wrong one.
_common = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

settings.register_profile("quick", _common, max_examples=40, derandomize=True, database=None)
settings.register_profile("long", _common, max_examples=5_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))
