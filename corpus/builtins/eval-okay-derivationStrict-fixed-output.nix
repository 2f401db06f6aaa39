# Fixed outputs by algorithm, notation and mode.
let
  fixed = attrs: (derivationStrict ({ name = "fixed"; builder = "/b"; system = "s"; } // attrs)).out;
  hash = algorithm: builtins.hashString algorithm "abc";
  to = hashAlgo: toHashFormat: builtins.convertHash { hash = hash hashAlgo; inherit hashAlgo toHashFormat; };
in
{
  algorithms = map (outputHashAlgo: fixed { inherit outputHashAlgo; outputHash = hash outputHashAlgo; }) [ "md5" "sha1" "sha256" "sha512" ];
  recursive = map (outputHashAlgo: fixed { inherit outputHashAlgo; outputHash = hash outputHashAlgo; outputHashMode = "recursive"; }) [ "md5" "sha1" "sha256" "sha512" ];
  notations = map (f: fixed { outputHashAlgo = "sha256"; outputHash = to "sha256" f; }) [ "base16" "nix32" "base64" "sri" ];
  sriWithoutAlgorithm = fixed { outputHash = to "sha256" "sri"; };
  prefixWithoutAlgorithm = fixed { outputHash = "sha256:${hash "sha256"}"; };
  emptyAlgorithm = fixed { outputHash = to "sha256" "sri"; outputHashAlgo = ""; };
  nullAlgorithm = fixed { outputHash = to "sha256" "sri"; outputHashAlgo = null; };
  flat = fixed { outputHash = to "sha256" "sri"; outputHashMode = "flat"; };
  nar = fixed { outputHash = to "sha256" "sri"; outputHashMode = "nar"; };
  narIsRecursive = fixed { outputHash = to "sha256" "sri"; outputHashMode = "nar"; } == fixed { outputHash = to "sha256" "sri"; outputHashMode = "recursive"; };
  emptyHash = fixed { outputHash = ""; outputHashAlgo = "sha256"; };
  explicitOut = fixed { outputHash = to "sha256" "sri"; outputs = [ "out" ]; };
  builderDoesNotMatter = fixed { outputHash = to "sha256" "sri"; } == fixed { outputHash = to "sha256" "sri"; builder = "/other"; x = 1; };
  nameMatters = fixed { outputHash = to "sha256" "sri"; } == fixed { outputHash = to "sha256" "sri"; name = "other"; };
  drvPaths = map (f: (derivationStrict { name = "fixed"; builder = "/b"; system = "s"; outputHashAlgo = "sha256"; outputHash = to "sha256" f; }).drvPath) [ "base16" "sri" ];
  contentAddressedToo = fixed { outputHash = to "sha256" "sri"; __contentAddressed = false; };
}
