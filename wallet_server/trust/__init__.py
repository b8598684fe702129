"""The issuer lists that verifications go by: the owner's and the shipped."""
