# Every element must be a set.
builtins.zipAttrsWith (name: values: values) [ { a = 1; } 2 ]
