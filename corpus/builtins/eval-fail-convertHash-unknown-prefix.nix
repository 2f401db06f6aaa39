# A prefix that is no algorithm.
builtins.convertHash { hash = "foo:ba78"; toHashFormat = "sri"; }
