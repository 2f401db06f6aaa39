# Attributes are processed alphabetically, after name, __structuredAttrs and __ignoreNulls.
derivationStrict {
  z = builtins.trace "z" (throw "end");
  system = builtins.trace "system" "s";
  name = builtins.trace "name" "n";
  builder = builtins.trace "builder" "/b";
  args = builtins.trace "args" [ (builtins.trace "arg" "a") ];
  a = builtins.trace "a" 1;
  B = builtins.trace "B" 1;
  __structuredAttrs = builtins.trace "__structuredAttrs" false;
  __ignoreNulls = builtins.trace "__ignoreNulls" false;
  outputs = builtins.trace "outputs" [ "out" ];
}
