# fetchTree with the types path, file and tarball.
let
  path = builtins.fetchTree { type = "path"; path = "/pwd/builtins/files/tree"; };
  file = builtins.fetchTree { type = "file"; url = "file:///pwd/builtins/files/text.txt"; };
  tarball = builtins.fetchTree { type = "tarball"; url = "file:///pwd/builtins/files/archive.tar.gz"; };
  string = builtins.fetchTree "path:/pwd/builtins/files/tree";
in
{
  path = removeAttrs path [ "lastModified" "lastModifiedDate" ];
  pathNames = builtins.attrNames path;
  inherit file tarball;
  string = string.outPath == path.outPath;
}
