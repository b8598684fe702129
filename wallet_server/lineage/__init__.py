"""Which credentials are one award: the same as Open Badges 2.0, as 3.0, as a link, as a picture.

Pure rules over what a check established: `facts` keeps what they go by, `same` compares two,
`leading` chooses which of an award's forms its card bears. Nothing here changes a verdict.
"""
