# A path is copied to the store for a message.
abort ./files/text.txt
