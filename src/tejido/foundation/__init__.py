"""What every area needs: refusals, ids, scope, the embedded data folder. Nothing about the field."""
