"""Benchmarks, run on demand: ratios against a baseline measured in the same run."""
