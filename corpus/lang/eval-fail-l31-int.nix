# assert a == b tells what differs: integers. (L31)
assert 1 == 2; "body"
