# The frames of an error in f.
(builtins.zipAttrsWith (name: values: throw "in ${name}") [ { a = 1; } ]).a
