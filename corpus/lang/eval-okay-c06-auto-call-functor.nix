# A functor is called, too; a function without formals is not. (C6)
{ __functor = self: { x }: [ x (self ? __functor) ]; }
