# cycle: the functor of a set is found in the set that it makes
let s = s { }; in s.__functor
