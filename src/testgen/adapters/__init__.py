"""The outside world behind our ports: Ollama through LangChain, AWS settings through boto3."""
