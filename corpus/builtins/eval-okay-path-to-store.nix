# A path in a string is copied to the store under its base name; the same tree gives the same path.
{
  file = "${./files/text.txt}";
  tree = "${./files/tree}";
  sub = "${./files/tree/sub}";
  empty = "${./files/tree/sub/deep/empty}";
  binary = "${./files/nul.bin}";
  hidden = "${./files/tree/.hidden}";
}
