# Paths are resolved against the file's directory, canonical, and print bare. (L13)
[ ./a a/b ./a/../b ../x ./. /a/./b/../c ~/a 1/2 ./a-b_c.d+e /a ./../../.. (builtins.typeOf 6/2) ]
