# convertHash reads every notation and writes every notation.
let
  hex = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  to = toHashFormat: builtins.convertHash { hash = hex; hashAlgo = "sha256"; inherit toHashFormat; };
  formats = [ "base16" "nix32" "base64" "sri" ];
in
{
  all = map to formats;
  base32 = to "base32";
  back = map (
    from: map (f: builtins.convertHash { hash = to from; hashAlgo = "sha256"; toHashFormat = f; } == to f) formats
  ) formats;
  prefixed = builtins.convertHash { hash = "sha256:${hex}"; toHashFormat = "base64"; };
  prefixedNix32 = builtins.convertHash { hash = "sha256:${to "nix32"}"; toHashFormat = "sri"; };
  sriWithoutAlgorithm = builtins.convertHash { hash = to "sri"; toHashFormat = "base16"; };
  sriSameAlgorithm = builtins.convertHash { hash = to "sri"; hashAlgo = "sha256"; toHashFormat = "base16"; };
  md5 = builtins.convertHash { hash = builtins.hashString "md5" ""; hashAlgo = "md5"; toHashFormat = "nix32"; };
  sha1 = builtins.convertHash { hash = builtins.hashString "sha1" ""; hashAlgo = "sha1"; toHashFormat = "sri"; };
  sha512 = map (toHashFormat: builtins.convertHash { hash = builtins.hashString "sha512" ""; hashAlgo = "sha512"; inherit toHashFormat; }) formats;
  upperCase = builtins.convertHash { hash = "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD"; hashAlgo = "sha256"; toHashFormat = "base16"; };
  context = builtins.hasContext (to "base16");
}
