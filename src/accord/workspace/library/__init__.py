"""The library: practices and what each district made of them, tools, documents, words, a timeline.

`kinds` what can be kept, and where a district can stand · `models` · `uploads` whether a file is
what it says, how it is kept and read · `doing` the acts · `glossary` the words · `timeline`
what happened, for researchers · `forms`, `practice_views`, `file_views`, `record_views`
"""
