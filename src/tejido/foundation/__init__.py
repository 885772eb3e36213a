"""What every area needs: refusals, ids, scope, the data folder. Nothing about the field."""
