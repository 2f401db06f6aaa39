# __toString must be a function.
toString { __toString = "no function"; }
