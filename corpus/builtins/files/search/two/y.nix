"two only"
