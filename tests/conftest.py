"""What all tests share: property tests have no deadline, for a machine may be busy."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

# The same examples every time, so that a run says something of the change; `ONRECORD_RANDOM=1` looks
# for new ones.
settings.register_profile(
    "onrecord", deadline=None, derandomize="ONRECORD_RANDOM" not in os.environ
)
settings.load_profile("onrecord")
BROWSER = Path(__file__).parent / "browser"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever drives Chromium is `system`."""
    for item in items:
        if item.path.is_relative_to(BROWSER):
            item.add_marker(pytest.mark.system)
