"""The domain: test cases, procedures, errors, events and ports. It knows no framework but pydantic."""
