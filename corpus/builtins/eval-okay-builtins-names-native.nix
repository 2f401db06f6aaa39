# The names that are there if native code is allowed.
[ (builtins ? exec) (builtins ? importNative) (builtins.length (builtins.attrNames builtins)) ]
