"""What all tests share: property tests have no deadline, for a machine may be busy."""

from hypothesis import settings

settings.register_profile("onrecord", deadline=None)
settings.load_profile("onrecord")
