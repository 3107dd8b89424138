"""The figures of both districts, side by side, from releases alone; every number to its source.

`figures` which releases somebody may see and the view that they give, kept until a release comes ·
`drawn` the overview and the sections, drawn once · `news` what moved, said in one line · `exports`
workbook, table and picture · `views`
"""
