# A path that does not exist cannot be copied. (L10, L16)
"${./files/no-such-file}"
