"""INSIDE a district: everything that may touch a student's row, and nothing that leaves.

`station` the folder of one district · `records` reading its files · `facts` one settled row per
student, period, level and organisation · `engines` sums over facts · `protect` what may leave ·
`synth` made-up districts. No module outside this folder imports any of it, the command line's
station verbs apart; a program built without this folder can't read a student's row.
"""
