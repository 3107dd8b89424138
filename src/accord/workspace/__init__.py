"""The workspace: where the partner districts meet, decide and follow through. It holds releases.

A Django project of small applications, one subject each, from the ground up:

`trail` what was done, by whom, in a chain that shows tampering · `people` partnerships, districts,
positions, who holds them, pairs · `sealing` private text under the district's key · `permissions`
who may see and do what, in one place · `editing` two people at one text · `screening` words that
look like a student · `shell` the frame of every page · `signin` passwords, second factors, other
identity providers, invitations · `releases` received, pending, sealed, under embargo · `indicators`
the figures, side by side · `charter` what was agreed · `notes` thoughts that start private ·
`editions` what leaves, by consent · `actions` what follows · `meetings` agenda, decisions, minutes,
calendar · `inquiry` from a question to what was learned · `strands` what the districts do together
· `commitments` what was promised, given, shared and waived · `library` practices, tools, documents,
words, the timeline · `keeping` lifetimes, holds, leaving · `handover` positions that change hands ·
`search` · `front` everybody's page · `api` all of it for programs · `home` what needs me · `demo`
three years of a made-up partnership

`settings` reads its environment through `environment`; `serving` prepares a folder and runs the
server. Nothing here imports the station, and no signing key ever comes here.
"""
