"""What follows from meetings: actions with a horizon, an indicator, owners, a day, and a history.

`states` what an action can become · `models` · `doing` the acts · `forms`, `views` pages · `links`
the one-click link of an e-mail · `digest` the weekly e-mail
"""
