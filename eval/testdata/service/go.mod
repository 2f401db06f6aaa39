module example.org/service

go 1.26.0

require github.com/firn-lang/firn v0.0.0

require (
	github.com/alecthomas/participle/v2 v2.1.4 // indirect
	github.com/klauspost/cpuid/v2 v2.0.9 // indirect
	golang.org/x/sys v0.50.0 // indirect
	lukechampine.com/blake3 v1.4.1 // indirect
)

replace github.com/firn-lang/firn => ../../..
