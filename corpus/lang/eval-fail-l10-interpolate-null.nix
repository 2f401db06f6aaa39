# ... nor null. (L10)
"x${"y"}${null}"
