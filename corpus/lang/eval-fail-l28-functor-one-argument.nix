# __functor that does not return a function. (L28)
{ __functor = self: self.x; x = "text"; } 2
