# L27: duplicates come before unknown names
[ nope ({ a, a }: a) ]
