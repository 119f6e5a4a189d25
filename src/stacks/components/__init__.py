"""One `ComponentResource` a file: typed arguments first, resources below, outputs last."""
