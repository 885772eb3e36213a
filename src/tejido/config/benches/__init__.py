"""Benchmarks of the whole: the real server, and the pages as a browser gets them."""
