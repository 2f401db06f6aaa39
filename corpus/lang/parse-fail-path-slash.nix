# L13: a slash alone
[ / ]
