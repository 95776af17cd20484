"""The republisher's gate: files held against the articles held, under a policy, at a moment; nothing is stored.

`check.check` is the one entry. `subjects` collects files, `pointers` says which articles a file names, `upstreams`
knows the articles held, `asking` holds one against the other, `findings` says what the policy objects to.
"""
