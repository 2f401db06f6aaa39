# The version of the language. (L58)
[ builtins.langVersion (builtins.typeOf builtins.nixVersion) (builtins.compareVersions builtins.nixVersion "2.18" >= 0) ]
