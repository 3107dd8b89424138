"""What was done, by whom and when: a chain of events that shows if one was changed or taken out."""
