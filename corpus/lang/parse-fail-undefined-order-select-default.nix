# default and path
x: x.${unknown2} or unknown3
