"""How a test case becomes steps: by a language model (`model_engine`) or by rules (`outline`)."""
