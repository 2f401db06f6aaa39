# __functor that is not a function. (L28)
{ __functor = 1; } 2
