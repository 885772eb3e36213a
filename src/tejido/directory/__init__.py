"""The listings of the network (HSDS), the concepts that people search by, and the imports."""
