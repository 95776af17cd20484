"""What a patch made of a copy, held against what the labels say should have become of it."""
