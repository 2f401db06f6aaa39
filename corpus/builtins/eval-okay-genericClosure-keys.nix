# Keys are numbers, strings, paths or lists; 1 and 1.0 are the same key.
let
  keys = l: map (x: x.key) (builtins.genericClosure { startSet = map (key: { inherit key; }) l; operator = x: [ ]; });
in
{
  numbers = keys [ 1 1.0 2 1.5 2.0 ];
  strings = keys [ "b" "a" "b" ];
  context = map builtins.hasContext (keys [ "${./files/text.txt}" (builtins.unsafeDiscardStringContext "${./files/text.txt}") ]);
  paths = keys [ ./b ./a ./b ];
  lists = keys [ [ 1 2 ] [ 1 ] [ 1 2.0 ] [ ] ];
  singleUnordered = keys [ null ];
  singleSet = keys [ { a = 1; } ];
}
