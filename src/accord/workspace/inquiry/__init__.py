"""Inquiry: from a question to what was learned, and to the deeper question that it opened.

`states` how far an inquiry is, and what causes, trials and results can be · `models` · `doing` the
acts · `tree` the causes as a tree · `chains` inquiries that led to one another · `page` what one
inquiry's page shows · `forms`, `views`, `cause_views`, `trial_views`
"""
