# the set comes first
with unknown1; unknown2
