"""One module a form of proof: each names the documents it needs and answers with one `Check` of
`genuine`.
"""
