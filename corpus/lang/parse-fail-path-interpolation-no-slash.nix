# L14: an interpolation needs a slash before it
a: a${a}/b
