"""A large upload lies in a temporary file while it is read; whatever comes of it, the file is closed."""

import gc
import io
import warnings

import pytest


@pytest.mark.parametrize(("path", "size"), [("/imports/new", 700_000), ("/login", 700_000), ("/imports/new", 13_000_000)])
def test_a_large_form_leaves_no_file_open(browse, path, size):
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        answer = browse("李经办").post(path, {"file": (io.BytesIO(b"x" * size), "清单.xlsx")})
        assert answer.status_code in {302, 413, 422}
        del answer
        gc.collect()
    assert [str(one.message) for one in said if issubclass(one.category, ResourceWarning)] == []
