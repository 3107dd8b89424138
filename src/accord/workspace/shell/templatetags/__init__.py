"""The words that every template may use."""
