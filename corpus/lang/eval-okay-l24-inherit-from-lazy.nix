# inherit (e) evaluates nothing until an attribute is used. (L24, L52)
builtins.attrNames { inherit (throw "never") a b; inherit ({ }) c; }
