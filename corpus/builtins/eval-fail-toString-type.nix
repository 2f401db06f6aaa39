# toString cannot coerce a function.
toString (x: x)
