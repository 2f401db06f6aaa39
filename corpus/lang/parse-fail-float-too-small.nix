# L4: a denormal float is out of range too
[ 1.5 1.0e-320 ]
