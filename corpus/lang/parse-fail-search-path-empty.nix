# L15: an empty lookup path
[ <> ]
