"""The rest of a made-up district's records: levels of English, marks, diplomas, colleges, interim
tests, principals and counts of what is being done. Made where they are asked for: they are as many
lines again as a district's other files.
"""
