"""The invented network: 46 programs that are nobody's, written as files and read into drafts."""
