"""Reading text, in one place for all: marks and masks, normalising, sentences, the script of a language, verbs."""
