# The element that has no string is named.
toString [ 1 { } ]
