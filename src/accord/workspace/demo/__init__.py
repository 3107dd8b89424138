"""Three years of a made-up partnership: people by position only, meetings, decisions, actions.

`story.yaml` is what they say and do, `story` reads it, `cast` who they are, `years` the meetings
with what followed, `asking`, `working`, `promising` and `keeping` their inquiries, joint work,
commitments and library (each with a YAML file of its own), `seed` all of it in order.
"""
