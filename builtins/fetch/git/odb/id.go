package odb

// This file defines names and kinds of objects.

import (
	"crypto/sha1"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"strings"
)

// A Format is the hash function of a repository.
type Format uint8

// Formats of objects.
const (
	SHA1 Format = iota + 1
	SHA256
)

// ParseFormat returns the format that configuration calls name.
func ParseFormat(name string) (Format, bool) {
	switch strings.ToLower(name) {
	case "sha1":
		return SHA1, true
	case "sha256":
		return SHA256, true
	}
	return 0, false
}

func (f Format) String() string {
	if f == SHA256 {
		return "sha256"
	}
	return "sha1"
}

// Size returns the number of bytes of an ID.
func (f Format) Size() int {
	if f == SHA256 {
		return sha256.Size
	}
	return sha1.Size
}

// New returns the hash function.
func (f Format) New() hash.Hash {
	if f == SHA256 {
		return sha256.New()
	}
	return sha1.New()
}

// Hash returns the ID of the object with that kind and those contents.
func (f Format) Hash(kind Kind, contents []byte) ID {
	h := f.New()
	fmt.Fprintf(h, "%s %d\x00", kind, len(contents))
	h.Write(contents)
	return MakeID(h.Sum(nil))
}

// An ID is the name of an object: the hash of its kind, size and contents. The zero ID has no
// format.
type ID struct {
	hash [sha256.Size]byte
	size uint8 // bytes of hash in use
}

// MakeID returns the ID with those bytes, of which there must be as many as a format has.
func MakeID(b []byte) ID {
	id := ID{size: uint8(len(b))}
	copy(id.hash[:], b)
	return id
}

// ParseID reads an ID of 40 or 64 hexadecimal digits.
func ParseID(text string) (ID, error) {
	if n := len(text); n != 2*SHA1.Size() && n != 2*SHA256.Size() {
		return ID{}, fmt.Errorf("'%s' is not the name of a Git object", clip(text))
	}
	var id ID
	n, err := hex.Decode(id.hash[:], []byte(text))
	if err != nil {
		return ID{}, fmt.Errorf("'%s' is not the name of a Git object", clip(text))
	}
	id.size = uint8(n)
	return id, nil
}

// clip returns text for a message, which need not show more than a line of it.
func clip(text string) string {
	const most = 80
	if len(text) > most {
		return text[:most] + "…"
	}
	return text
}

// Bytes returns the bytes of the ID.
func (id *ID) Bytes() []byte { return id.hash[:id.size] }

// String returns the ID in hexadecimal digits.
func (id ID) String() string { return hex.EncodeToString(id.hash[:id.size]) }

// IsZero reports whether all bytes are 0, as in the zero ID.
func (id ID) IsZero() bool { return id.hash == [sha256.Size]byte{} }

// Format returns the format of the ID; 0 for the zero ID.
func (id ID) Format() Format {
	switch int(id.size) {
	case sha1.Size:
		return SHA1
	case sha256.Size:
		return SHA256
	}
	return 0
}

// A Kind is the kind of an object, with the number that packs have for it.
type Kind uint8

// Kinds of objects.
const (
	KindCommit Kind = 1
	KindTree   Kind = 2
	KindBlob   Kind = 3
	KindTag    Kind = 4
)

// Kinds of entries in packs that are changes to other objects.
const (
	offsetDelta Kind = 6 // the other object is at a distance in the same pack
	idDelta     Kind = 7 // the other object has a name
)

func (k Kind) String() string {
	switch k {
	case KindCommit:
		return "commit"
	case KindTree:
		return "tree"
	case KindBlob:
		return "blob"
	case KindTag:
		return "tag"
	}
	return fmt.Sprintf("kind %d", uint8(k))
}

// parseKind returns the kind with that name, 0 if there is none.
func parseKind(name string) Kind {
	for k := KindCommit; k <= KindTag; k++ {
		if k.String() == name {
			return k
		}
	}
	return 0
}
