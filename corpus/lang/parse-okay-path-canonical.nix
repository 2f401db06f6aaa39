# L13: paths are made absolute and canonical
[ ./a/../b ./a/./b ./a/.. ../../../../../../../.. ../../../../../../../../a /a/../.. /a/./b/../c ~/../bob ./.a ./..a ./... ]
