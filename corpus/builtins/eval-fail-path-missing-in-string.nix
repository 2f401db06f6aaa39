# A path that is not there cannot be copied to the store.
"${./files/missing}"
