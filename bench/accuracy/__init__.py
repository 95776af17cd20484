"""Accuracy: what each approach gets right of the labelled cases, scored by one rule (`bench_accuracy.py` prints it).

`labelled` reads the cases, `scoring` holds answers against the labels, `prov` asks the command; `plain`, `whole` and
`quotations` are what a reader would try first. `calibration` says how often a verdict of some confidence is right.
"""
