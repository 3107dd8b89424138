"""Commands of the workspace about actions."""
