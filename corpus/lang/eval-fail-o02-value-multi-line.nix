# A string of several lines in a message. (O2)
1 + 1 == 2 && "first\nsecond\ttab \${x} \"quoted\" \\"
