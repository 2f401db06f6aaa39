package nixhash

// This file defines how text becomes a Hash.

import (
	"encoding/hex"
	"strings"
)

// AlgoOf returns the algorithm that text names in front of its digest, and 0 if it names none that is known.
func AlgoOf(text string) Algo {
	name, _, _ := splitAlgo(text)
	return LookupAlgo(name)
}

// splitAlgo separates an algorithm from the digest behind it. The separator is ':' or '-', or 0 if there is none.
func splitAlgo(text string) (name, digest string, sep byte) {
	if i := strings.IndexByte(text, ':'); i >= 0 {
		return text[:i], text[i+1:], ':'
	}
	if i := strings.IndexByte(text, '-'); i >= 0 {
		return text[:i], text[i+1:], '-'
	}
	return "", text, 0
}

// Parse reads a hash in any form: a digest in base16, nix32 or base64, told apart by their lengths, with or without
// "algo:" in front, or SRI. The algorithm comes from the text, from algo unless that is 0, or from both if they agree.
func Parse(text string, algo Algo) (Hash, error) {
	name, digest, sep := splitAlgo(text)
	if sep != 0 {
		named, err := ParseAlgo(name)
		if err != nil {
			return Hash{}, err
		}
		if algo != 0 && algo != named {
			return Hash{}, errorf("hash '%s' should have type '%s'", text, algo)
		}
		algo = named
	}
	if algo == 0 {
		return Hash{}, errorf("hash '%s' does not include a type, nor is the type otherwise known from context", text)
	}
	if sep == '-' {
		return decode(digest, algo, "SRI", decodeBase64)
	}
	return ParseDigest(digest, algo)
}

// ParseAllowEmpty is Parse for an attribute such as outputHash, where the empty text stands for a digest of zeros.
// Nix then warns: found empty hash, assuming '...', with the hash as SRI.
func ParseAllowEmpty(text string, algo Algo) (h Hash, empty bool, err error) {
	if text != "" {
		h, err = Parse(text, algo)
		return h, false, err
	}
	if algo == 0 {
		return Hash{}, false, errorf("empty hash requires explicit hash algorithm")
	}
	return Hash{Algo: algo}, true, nil
}

// ParseDigest reads a digest in base16, nix32 or base64, without an algorithm in front.
func ParseDigest(digest string, algo Algo) (Hash, error) {
	size := algo.Size()
	switch len(digest) {
	case hex.EncodedLen(size):
		return decode(digest, algo, "base16", hex.DecodeString)
	case Nix32Len(size):
		return decode(digest, algo, "nix32", DecodeNix32)
	case (size + 2) / 3 * 4:
		return decode(digest, algo, "Base64", decodeBase64)
	}
	return Hash{}, errorf("hash '%s' has wrong length for hash algorithm '%s'", digest, algo)
}

// decode reads a digest with the decoder of one format.
//
// Quirk: C++ Nix drops the decoder's error, so a character that is no digit is reported as a digest of length 0.
func decode(digest string, algo Algo, format string, decoder func(string) ([]byte, error)) (Hash, error) {
	h := Hash{Algo: algo}
	data, err := decoder(digest)
	if err != nil {
		data = nil
	}
	if len(data) != algo.Size() {
		return Hash{}, errorf("invalid %s hash '%s', length %d != expected length %d", format, digest, len(data), algo.Size())
	}
	copy(h.Digest[:], data)
	return h, nil
}

// decodeBase64 is laxer than encoding/base64: padding may be missing, everything behind a '=' is ignored, newlines too,
// and bits that are left over need not be zero.
func decodeBase64(text string) ([]byte, error) {
	res := make([]byte, 0, len(text)*3/4+1)
	var bits, n uint
	for i := range len(text) {
		var digit byte
		switch c := text[i]; {
		case c == '=':
			return res, nil
		case c == '\n':
			continue
		case 'A' <= c && c <= 'Z':
			digit = c - 'A'
		case 'a' <= c && c <= 'z':
			digit = c - 'a' + 26
		case '0' <= c && c <= '9':
			digit = c - '0' + 52
		case c == '+':
			digit = 62
		case c == '/':
			digit = 63
		default:
			return nil, errorf("invalid character in Base64 string: '%c'", c)
		}
		bits = bits<<6 | uint(digit)
		if n += 6; n >= 8 {
			n -= 8
			res = append(res, byte(bits>>n))
		}
	}
	return res, nil
}

// FormatOf returns the format of a text that Parse has read as a hash of that algorithm.
func FormatOf(text string, algo Algo) Format {
	_, digest, sep := splitAlgo(text)
	switch {
	case sep == '-':
		return SRI
	case len(digest) == hex.EncodedLen(algo.Size()):
		return Base16
	case len(digest) == Nix32Len(algo.Size()):
		return Nix32
	}
	return Base64
}
