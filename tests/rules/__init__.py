"""The rules, against the domain's tables written out by hand."""
