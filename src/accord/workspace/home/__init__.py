"""What needs me: one screen."""
