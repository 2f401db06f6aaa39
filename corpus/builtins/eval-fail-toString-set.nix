# A set without __toString and outPath has no string.
toString { a = 1; }
