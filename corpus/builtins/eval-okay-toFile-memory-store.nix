# What toFile writes can be imported and read; the text read has the references that occur in it.
let
  a = builtins.toFile "a" "text";
  f = builtins.toFile "f.nix" "{ a = ${a}; }";
in
{
  import = import (builtins.toFile "x.nix" "1 + 1");
  readFile = builtins.readFile a;
  typeOf = builtins.typeOf (import f).a;
  context = builtins.getContext (builtins.readFile f);
  contextNone = builtins.getContext (builtins.readFile a);
  pathExists = builtins.pathExists a;
  readFileType = builtins.readFileType a;
  hashFile = builtins.hashFile "sha256" a == builtins.hashString "sha256" "text";
  path = builtins.path { path = a; name = "b"; };
  pathSame = builtins.path { path = ./files/tree; } == "${./files/tree}";
  readDir = builtins.readDir "${./files/tree}/sub";
  storePath = builtins.storePath a == a;
  below = builtins.getContext (builtins.storePath "${./files/tree}/sub");
  copiedAgain = "${/. + builtins.unsafeDiscardStringContext "${./files/text.txt}"}";
}
