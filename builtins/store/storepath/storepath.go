// Package storepath reads, checks and computes store paths, for any store directory. It opens no files.
//
//	Dir      the store directory; its methods make, print and read store paths
//	Path     a store path without its directory: "hash-name"
//	Method   how the contents of a store object are hashed: flat, nar, text or git
//
// Text to Path is Dir.Parse (the path must be a store path itself) or Dir.Split (it may go on below one); back is Dir.Text.
// Dir.MakeOutput, MakeFixed and MakeText compute the paths of derivation outputs, of content with a known hash and of .drv
// and other text files. Placeholder and its kin are the texts that stand for paths that are not known yet.
//
// Messages are those of C++ Nix 2.34.8.
package storepath

// This file defines Path, and what is a valid name of a store path.

import (
	"strings"

	"github.com/firn-lang/firn/builtins/store/nixhash"
)

const (
	hashLen    = 32 // characters of nix32, for 20 bytes
	maxNameLen = 211
)

// DrvExtension ends the names of derivations.
const DrvExtension = ".drv"

// A Path is a valid store path without the store directory: 32 characters of hash, a dash, a name.
type Path string

// ParseBase checks that text is a store path without a directory.
func ParseBase(text string) (Path, error) {
	if text = shown(text); len(text) < hashLen+1 {
		return "", errorf("'%s' is too short to be a valid store path", text)
	}
	if c, ok := nixhash.IsNix32(text[:hashLen]); !ok {
		return "", errorf("store path '%s' contains illegal base-32 character '%s'", text, []byte{c})
	}
	// Quirk: the character between hash and name is not looked at.
	if err := CheckName(text[hashLen+1:]); err != nil {
		return "", errorf("path '%s' is not a valid store path: %w", text, err)
	}
	return Path(text), nil
}

// Hash returns the hash part in nix32, or the empty string for the zero Path.
func (p Path) Hash() string {
	if len(p) < hashLen {
		return ""
	}
	return string(p[:hashLen])
}

// Name returns what follows the hash.
func (p Path) Name() string {
	if len(p) <= hashLen {
		return ""
	}
	return string(p[hashLen+1:])
}

// IsDerivation reports whether the name ends in .drv.
func (p Path) IsDerivation() bool { return strings.HasSuffix(p.Name(), DrvExtension) }

// DrvName returns the name of a derivation without .drv; it fails if p is not one.
func (p Path) DrvName() (string, error) {
	name, ok := strings.CutSuffix(p.Name(), DrvExtension)
	if !ok {
		return "", errorf("store path '%s' is not a valid derivation path", string(p))
	}
	return name, nil
}

// CheckName returns an error if name cannot be the name of a store path.
func CheckName(name string) error {
	if name == "" {
		return errorf("name must not be empty")
	}
	if len(name) > maxNameLen {
		return errorf("name '%s' must be no longer than %d characters", shown(name), maxNameLen)
	}
	if first, _, more := strings.Cut(name, "-"); first == "." || first == ".." {
		if more {
			return errorf("name '%s' is not valid: first dash-separated component must not be '%s'", name, first)
		}
		return errorf("name '%s' is not valid", name)
	}
	for i := range len(name) {
		if !nameBytes[name[i]] {
			return errorf("name '%s' contains illegal character '%s'", name, name[i:i+1])
		}
	}
	return nil
}

var nameBytes = func() (t [256]bool) {
	for _, c := range []byte("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ+-._?=") {
		t[c] = true
	}
	return t
}()

// OutputName returns the name in the store path of an output: that of the derivation, with "-output" except for "out".
func OutputName(drvName, output string) string {
	if output == "out" {
		return drvName
	}
	return drvName + "-" + output
}
