"""What one badge of the wallet is handed on in: a code to scan, a signature for e-mail, code for
pages, links to networks, a picture with the badge in it. Each leads to where the proof is, and none
says a verdict of its own: that would stand there long after it stopped being true.
"""
