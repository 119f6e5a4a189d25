"""Text analysis in one place for all modules: marks and masks, normalisation, sentences, the script of a language, verbs."""
