# A directory is copied whole. (L16)
[ "${./files/dir}" (builtins.getContext "${./files/dir}") ]
