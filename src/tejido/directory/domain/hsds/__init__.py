"""Reading HSDS 3.0 and 3.1 records into drafts: pure, tolerant, with an issue for what is odd."""
