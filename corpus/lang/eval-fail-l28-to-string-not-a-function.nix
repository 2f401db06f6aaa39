# __toString must be a function. (L28)
toString { __toString = "x"; outPath = "y"; }
