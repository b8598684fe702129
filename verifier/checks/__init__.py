"""The five questions, in order. Each check is a pure function of the credential, the documents and
the circumstances.
"""
