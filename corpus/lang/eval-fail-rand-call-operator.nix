# An operator that calls a function gets the argument, and is the place.
(1 - 2) (throw "not evaluated")
