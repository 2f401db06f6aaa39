module github.com/firn-lang/firn/eval/testdata/compare

go 1.26.0

require (
	github.com/firn-lang/firn v0.0.0
	github.com/google/go-jsonnet v0.22.0
	go.starlark.net v0.0.0-20260908191801-89a6a09411d5
)

require (
	github.com/alecthomas/participle/v2 v2.1.4 // indirect
	github.com/klauspost/cpuid/v2 v2.0.9 // indirect
	golang.org/x/crypto v0.45.0 // indirect
	golang.org/x/sys v0.50.0 // indirect
	lukechampine.com/blake3 v1.4.1 // indirect
	sigs.k8s.io/yaml v1.4.0 // indirect
)

replace github.com/firn-lang/firn => ../../..
