# The text has no blanks, keys are sorted, and only quotes, backslashes and control characters are escaped.
builtins.toJSON {
  int = 1;
  negative = -1;
  max = 9223372036854775807;
  string = "a\"b\\c/d\n\r\t$";
  control = builtins.fromJSON ''"\u0001\b\f\u001f\u007f"'';
  unicode = "é€😀";
  true = true;
  false = false;
  null = null;
  list = [ 1 [ 2 [ ] ] { } ];
  set = { b = 1; a = { "" = 2; "x y" = 3; }; B = 4; };
}
