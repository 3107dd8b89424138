"""Signing in: a password with a second factor, a passkey, or the district's identity provider.

Nobody makes an account alone: an invitation does, or a provider's claims that the host has mapped
to a position. Both end on their day.
"""
