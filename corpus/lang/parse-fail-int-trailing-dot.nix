# L4: `0.` is no float
[ 0. ]
