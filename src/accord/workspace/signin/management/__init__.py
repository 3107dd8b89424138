"""Commands of the workspace's host."""
