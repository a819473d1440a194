"""The tests mirror the tree: `tests/<package>/test_<module>.py` holds `<package>/<module>.py`."""
