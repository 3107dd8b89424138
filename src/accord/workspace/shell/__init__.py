"""The frame of every page: its template, style sheet, policy, menu and error pages."""
