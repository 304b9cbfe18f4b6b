"""What all tests share: property tests have no deadline, for a machine may be busy."""

from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("onrecord", deadline=None)
settings.load_profile("onrecord")
BROWSER = Path(__file__).parent / "browser"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever drives Chromium is `system`."""
    for item in items:
        if item.path.is_relative_to(BROWSER):
            item.add_marker(pytest.mark.system)
