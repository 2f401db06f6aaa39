# L15: __findFile and __nixPath are looked up lexically
let
  __findFile = path: name: name;
  __nixPath = [ ];
in
<a/b>
