"""The outside world behind testgen's ports: Ollama through LangChain, AWS settings through boto3."""
