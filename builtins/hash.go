package builtins

// This file defines builtins.hashString and builtins.convertHash.
// Package nixhash knows algorithms and formats of hashes, and makes the messages of their
// errors. BLAKE3 needs an experimental feature wherever it is named: by its algorithm, and by
// a hash that says which algorithm it is of.

import (
	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
)

// hashAlgo returns the hash algorithm of that name. An unknown name is an error, and so is
// one whose experimental feature is off.
func hashAlgo(c *core.Call, name string) (nixhash.Algo, error) {
	algo, err := nixhash.ParseAlgo(shown(name))
	if algo == nixhash.BLAKE3 {
		err = c.Require("blake3-hashes", "")
	}
	return algo, err
}

// hashString is builtins.hashString, in base 16. The algorithm is checked before the string is
// forced. The context of the string is dropped: a hash refers to nothing. Hashing counts
// steps, since a string may have gigabytes.
func hashString(c *core.Call) (heap.Value, error) {
	name, err := c.Arg(0).PlainString()
	if err != nil {
		return 0, err
	}
	algo, err := hashAlgo(c, name)
	if err != nil {
		return 0, err
	}
	text, _, err := c.Arg(1).String()
	if err != nil {
		return 0, err
	}
	sum, err := nixhash.SumText(c, algo, text)
	if err != nil {
		return 0, err
	}
	return c.NewString(sum.Text(nixhash.Base16), 0)
}

// convertHash is builtins.convertHash. The attributes are forced in the order hash, hashAlgo,
// toHashFormat, and only then the hash is parsed. The text may name its algorithm (sha256:…,
// sha256-…); otherwise hashAlgo has to, and where both do they have to agree. Other
// attributes are ignored. The old name "base32" of nix32 works, with a warning.
func convertHash(c *core.Call) (heap.Value, error) {
	args, err := c.Arg(0).Words("while evaluating the first argument passed to builtins.convertHash").Attrs()
	if err != nil {
		return 0, err
	}
	h := c.Heap()
	at, err := attr(c, args, "hash", "while locating the attribute 'hash'")
	if err != nil {
		return 0, err
	}
	text, err := c.Need(h.Load(at), "while evaluating the attribute 'hash'").PlainString()
	if err != nil {
		return 0, err
	}
	text = shown(text)    // a text as long as that is no hash; the error shows its beginning
	var algo nixhash.Algo // zero if args has none
	if l := h.Get(args, c.Intern("hashAlgo")); l != 0 {
		name, err := c.Need(l, "while evaluating the attribute 'hashAlgo'").PlainString()
		if err != nil {
			return 0, err
		}
		if algo, err = hashAlgo(c, name); err != nil {
			return 0, err
		}
	}
	if at, err = attr(c, args, "toHashFormat", "while locating the attribute 'toHashFormat'"); err != nil {
		return 0, err
	}
	name, err := c.Need(h.Load(at), "while evaluating the attribute 'toHashFormat'").PlainString()
	if err != nil {
		return 0, err
	}
	name = shown(name)
	format, deprecated, err := nixhash.ParseFormat(name)
	if err != nil {
		return 0, err
	}
	if deprecated {
		c.Warn("%q is a deprecated alias for hash format %q.", name, format)
	}
	if nixhash.AlgoOf(text) == nixhash.BLAKE3 {
		if err := c.Require("blake3-hashes", ""); err != nil {
			return 0, err
		}
	}
	hash, err := nixhash.Parse(text, algo)
	if err != nil {
		return 0, err
	}
	return c.NewString(hash.Text(format), 0)
}
