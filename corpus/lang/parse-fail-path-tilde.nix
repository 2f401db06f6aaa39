# L13: a tilde needs a slash
[ ~ ]
