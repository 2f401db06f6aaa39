# the set, the default, the path
unknown1.${unknown2} or unknown3
