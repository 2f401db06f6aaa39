// Package nixhash reads, writes and computes the hashes that Nix names in expressions, derivations and store paths.
//
//	Algo     md5, sha1, sha256, sha512 or blake3
//	Hash     an algorithm and its digest; comparable with ==
//	Format   base16, nix32, base64 or SRI
//	Hasher   an io.Writer that ends in a Hash
//
// Start with Parse for text and with Sum or NewHasher for data. Messages are those of C++ Nix 2.34.8.
//
// BLAKE3 is an experimental feature there, and the package knows no settings: a caller that has the feature switched off
// asks AlgoOf first, and refuses the text when the answer is BLAKE3.
package nixhash

// This file defines Algo and Hash, and the forms in which a Hash is printed.

import (
	"encoding/base64"
	"encoding/hex"
)

// An Algo is a hash algorithm; the zero Algo stands for one that is not known.
type Algo uint8

// The algorithms, in the order in which Nix compares them.
const (
	MD5 Algo = 1 + iota
	SHA1
	SHA256
	SHA512
	BLAKE3
)

// maxSize is the size of the largest digest, in bytes.
const maxSize = 64

var algos = [...]struct {
	name string
	size int // of the digest, in bytes
}{
	MD5:    {"md5", 16},
	SHA1:   {"sha1", 20},
	SHA256: {"sha256", 32},
	SHA512: {"sha512", 64},
	BLAKE3: {"blake3", 32},
}

// String returns the name of the algorithm as Nix writes it, and the empty string for an unknown one.
func (a Algo) String() string {
	if int(a) >= len(algos) {
		return ""
	}
	return algos[a].name
}

// Size returns the size of a digest in bytes, and 0 for an unknown algorithm.
func (a Algo) Size() int {
	if int(a) >= len(algos) {
		return 0
	}
	return algos[a].size
}

// LookupAlgo returns the algorithm of that name, and 0 if there is none.
func LookupAlgo(name string) Algo {
	for a := MD5; a <= BLAKE3; a++ {
		if algos[a].name == name {
			return a
		}
	}
	return 0
}

// ParseAlgo is LookupAlgo with an error for a name that is not known.
func ParseAlgo(name string) (Algo, error) {
	if a := LookupAlgo(name); a != 0 {
		return a, nil
	}
	return 0, errorf("unknown hash algorithm '%s', expect 'blake3', 'md5', 'sha1', 'sha256', or 'sha512'", name)
}

// A Format is a way to write a digest.
type Format uint8

// The formats. SRI is base64 with the algorithm and a dash in front.
const (
	Base16 Format = iota
	Nix32
	Base64
	SRI
)

var formats = [...]string{Base16: "base16", Nix32: "nix32", Base64: "base64", SRI: "sri"}

// String returns the name of the format.
func (f Format) String() string {
	if int(f) >= len(formats) {
		return ""
	}
	return formats[f]
}

// ParseFormat returns the format of that name. "base32" is an old name of nix32, for which Nix warns.
func ParseFormat(name string) (f Format, deprecated bool, err error) {
	if name == "base32" {
		return Nix32, true, nil
	}
	for f, s := range formats {
		if s == name {
			return Format(f), false, nil
		}
	}
	return 0, false, errorf("unknown hash format '%s', expect 'base16', 'base32', 'base64', or 'sri'", name)
}

// A Hash is a digest and the algorithm that made it. The zero Hash has no algorithm and an empty digest.
type Hash struct {
	Algo   Algo
	Digest [maxSize]byte // the first Algo.Size() bytes; the rest is zero, so that == compares hashes
}

// Bytes returns the digest. Callers must not modify it.
func (h *Hash) Bytes() []byte { return h.Digest[:h.Algo.Size()] }

// IsZero reports whether every bit of the digest is zero, as in the hash that Nix assumes for an empty text.
func (h *Hash) IsZero() bool { return h.Digest == [maxSize]byte{} }

// Text returns the digest in the format; only SRI names the algorithm.
func (h *Hash) Text(f Format) string {
	return string(h.Append(nil, f, false))
}

// Prefixed returns the digest in the format with the algorithm in front: sha256:... or, for SRI, sha256-...
func (h *Hash) Prefixed(f Format) string {
	return string(h.Append(nil, f, true))
}

// String returns the hash as SRI.
func (h Hash) String() string { return h.Text(SRI) }

// Append appends the digest to b in the format, after the algorithm if prefix is set or the format is SRI.
func (h *Hash) Append(b []byte, f Format, prefix bool) []byte {
	switch {
	case f == SRI:
		b = append(append(b, h.Algo.String()...), '-')
	case prefix:
		b = append(append(b, h.Algo.String()...), ':')
	}
	switch f {
	case Base16:
		return hex.AppendEncode(b, h.Bytes())
	case Nix32:
		return AppendNix32(b, h.Bytes())
	default:
		return base64.StdEncoding.AppendEncode(b, h.Bytes())
	}
}
