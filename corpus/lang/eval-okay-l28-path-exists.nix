# A trailing slash asks for a folder. (L28, L13)
map builtins.pathExists [ ./files "/pwd/lang/files/" "/pwd/lang/files/one" "/pwd/lang/files/one/" "/pwd/lang/files/one/." "/pwd/lang/files/dir/../one" "/pwd/lang/no/../files" { outPath = ./files; } (./files + "/none") ]
