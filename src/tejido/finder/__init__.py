"""The public finder: a snapshot of what is public, and the pages and API that search it."""
