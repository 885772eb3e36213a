"""What HSDS asks of a feed, as rules that are checked one by one (docs/checking-hsds.md)."""
