"""Verbs that work on student records: there only where the station is installed."""
