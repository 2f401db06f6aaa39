# The name of the function is that of the attribute. (L27)
let lib = { inner.function = { x }: x; }; in lib.inner.function { y = 1; }
