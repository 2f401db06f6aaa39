package store

// This file defines what follows from a PathInfo: how content addresses are read
// and checked, the text that signatures sign, and the references that must be valid.

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/builtins/store/storepath"
)

// ParseContentAddress reads a content address as ContentAddress.String writes it.
// The empty text is the zero one.
func ParseContentAddress(text string) (ContentAddress, error) {
	if text == "" {
		return ContentAddress{}, nil
	}
	prefix, rest, ok := strings.Cut(text, ":")
	if !ok {
		return ContentAddress{}, fmt.Errorf("not a content address because it is not in the form '<prefix>:<rest>': %s", text)
	}
	var ca ContentAddress
	switch prefix {
	case "text":
		ca.Method = storepath.Text
	case "fixed":
		ca.Method = storepath.Flat
		for _, m := range []storepath.Method{storepath.NAR, storepath.Git} {
			if digest, ok := strings.CutPrefix(rest, m.Prefix()); ok {
				ca.Method, rest = m, digest
				break
			}
		}
	default:
		return ContentAddress{}, fmt.Errorf("content address prefix '%s' is unrecognized. Recogonized prefixes are 'text' or 'fixed'", prefix)
	}
	algo, digest, ok := strings.Cut(rest, ":")
	if !ok {
		return ContentAddress{}, fmt.Errorf("content address hash must be in form '<algo>:<hash>', but found: %s", text)
	}
	a, err := nixhash.ParseAlgo(algo)
	if err != nil {
		return ContentAddress{}, err
	}
	if ca.Hash, err = nixhash.ParseDigest(digest, a); err != nil {
		return ContentAddress{}, err
	}
	return ca, nil
}

// IsContentAddressed reports whether the path follows from info.CA and the
// references: such a path needs no signature, because a store that checks the
// archive against info.CA can be sure of it. A CA from which another path follows
// is no content address.
func (info *PathInfo) IsContentAddressed(dir storepath.Dir) bool {
	p, err := dir.Parse(info.Path)
	if err != nil || info.CA.IsZero() {
		return false
	}
	var refs storepath.References
	for _, ref := range info.References {
		if ref == info.Path {
			refs.Self = true
		} else {
			refs.Paths = append(refs.Paths, ref)
		}
	}
	made, err := dir.MakeFixed(p.Name(), info.CA.Method, info.CA.Hash, refs)
	return err == nil && made == p
}

// Fingerprint returns the text that signatures of the object sign: its path, the
// hash and size of its archive, and its references.
func (info *PathInfo) Fingerprint() string {
	b := make([]byte, 0, 256)
	b = append(append(b, "1;"...), info.Path...)
	b = info.NARHash.Append(append(b, ';'), nixhash.Nix32, true)
	b = strconv.AppendInt(append(b, ';'), info.NARSize, 10)
	b = append(b, ';')
	for i, ref := range info.References {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, ref...)
	}
	return string(b)
}

// CheckReferences returns an error if something that the object of info refers to,
// besides itself, is not valid in s: a *MissingReferenceError.
func CheckReferences(ctx context.Context, s Store, info *PathInfo) error {
	for _, ref := range info.References {
		if ref == info.Path {
			continue
		}
		valid, err := s.IsValid(ctx, ref)
		if err != nil {
			return err
		}
		if !valid {
			return &MissingReferenceError{Path: info.Path, Missing: &InvalidPathError{Path: ref}}
		}
	}
	return nil
}

// A MissingReferenceError says that an object cannot be added, since it refers to what is
// not there. For errors.Is it is an ErrInvalid.
type MissingReferenceError struct {
	Path    string // of the object
	Missing *InvalidPathError
}

func (e *MissingReferenceError) Error() string {
	return fmt.Sprintf("cannot add '%s': %v", e.Path, e.Missing)
}

// Unwrap returns the error of the reference.
func (e *MissingReferenceError) Unwrap() error { return e.Missing }
