package storepath

// This file defines how store paths are computed.

import (
	"crypto/sha256"

	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/eval/budget"
)

// A Method is how the contents of a store object are hashed.
type Method uint8

// The methods. Only Flat and NAR are stable features.
const (
	Flat Method = iota // the bytes of one file
	NAR                // the archive of a file tree; "recursive" is its old name
	Text               // as Flat, but the object may have references; experimental feature dynamic-derivations
	Git                // the object id that git computes; experimental feature git-hashing
)

var methods = [...]struct{ name, prefix string }{
	Flat: {"flat", ""},
	NAR:  {"nar", "r:"},
	Text: {"text", "text:"},
	Git:  {"git", "git:"},
}

// String returns the name of the method, and the empty string for an unknown one.
func (m Method) String() string {
	if int(m) >= len(methods) {
		return ""
	}
	return methods[m].name
}

// Prefix returns what stands for the method in front of the hash algorithm in a .drv file: "", "r:", "text:" or "git:".
func (m Method) Prefix() string {
	if int(m) >= len(methods) {
		return ""
	}
	return methods[m].prefix
}

// ParseMethod returns the method of that name. The old name "recursive" is known to the attribute outputHashMode only.
func ParseMethod(name string) (Method, error) {
	for m := range methods {
		if methods[m].name == name {
			return Method(m), nil
		}
	}
	return 0, errorf("Unknown file ingestion method '%s', expect `flat`, `nar`, or `git`", name)
}

// References are the store paths that a store object mentions.
type References struct {
	Paths []string // whole store paths, sorted, each once
	Self  bool     // the object mentions its own path
}

// Make computes the store path of that kind, for a digest such as "sha256:" and 64 characters of base16. Store paths of
// one kind, digest and name are equal; the other methods choose kind and digest.
func (d Dir) Make(kind, digest, name string) (Path, error) {
	return d.MakeRefs(kind, References{}, digest, name)
}

// MakeRefs is Make for a kind that the references belong to.
func (d Dir) MakeRefs(kind string, refs References, digest, name string) (Path, error) {
	// The buffer is on the stack unless there are references.
	var stack [512]byte
	b := append(stack[:0], kind...)
	for _, ref := range refs.Paths {
		b = append(append(b, ':'), ref...)
	}
	if refs.Self {
		b = append(b, ":self"...)
	}
	b = append(append(b, ':'), digest...)
	b = append(append(b, ':'), d...)
	b = append(append(b, ':'), name...)
	sum := sha256.Sum256(b)
	return FromHash(nixhash.Compress(sum[:]), name)
}

// MakeTextWithin is MakeText within a budget, which matters if there are very many references.
func (d Dir) MakeTextWithin(b budget.Budget, name string, sum [sha256.Size]byte, refs []string) (Path, error) {
	const many = 1 << 8
	if len(refs) <= many || b == nil {
		return d.MakeText(name, sum, refs)
	}
	h := sha256.New()
	text := []byte("text")
	for i, ref := range refs {
		text = append(append(text, ':'), ref...)
		if i%many == many-1 {
			if err := b.Tick(many); err != nil {
				return "", err
			}
			h.Write(text)
			text = text[:0]
		}
	}
	digest := nixhash.Hash{Algo: nixhash.SHA256}
	copy(digest.Digest[:], sum[:])
	text = append(append(text, ':'), digest.Prefixed(nixhash.Base16)...)
	text = append(append(text, ':'), d...)
	text = append(append(text, ':'), name...)
	h.Write(text)
	return FromHash(nixhash.Compress(h.Sum(nil)), name)
}

// FromHash returns the store path of that hash and name.
func FromHash(hash [20]byte, name string) (Path, error) {
	var stack [hashLen + 1 + maxNameLen]byte
	b := nixhash.AppendNix32(stack[:0], hash[:])
	p := string(append(append(b, '-'), name...))
	if err := CheckName(name); err != nil {
		return "", errorf("path '%s' is not a valid store path: %w", p, err)
	}
	return Path(p), nil
}

// MakeOutput computes the path of an output of an input-addressed derivation, whose hash modulo is given in base16.
func (d Dir) MakeOutput(output, modulo, drvName string) (Path, error) {
	return d.Make("output:"+output, "sha256:"+modulo, OutputName(drvName, output))
}

// MakeText computes the path of a text file, such as a .drv file, from the SHA-256 of its contents.
func (d Dir) MakeText(name string, sum [sha256.Size]byte, refs []string) (Path, error) {
	h := nixhash.Hash{Algo: nixhash.SHA256}
	copy(h.Digest[:], sum[:])
	return d.MakeRefs("text", References{Paths: refs}, h.Prefixed(nixhash.Base16), name)
}

// MakeFixed computes the path of a store object whose hash is known: a source, or the output of a fixed-output
// derivation. Only NAR with SHA-256, and Text, can have references.
func (d Dir) MakeFixed(name string, m Method, h nixhash.Hash, refs References) (Path, error) {
	digest := h.Prefixed(nixhash.Base16)
	switch {
	case m == Text:
		if refs.Self {
			return "", errorf("self-reference not allowed with text hashing")
		}
		if h.Algo != nixhash.SHA256 {
			// C++ Nix stops with a failed assertion here.
			return "", errorf("text hashing must use SHA-256, but instead using: %s", h.Algo)
		}
		return d.MakeRefs("text", refs, digest, name)
	case m == Git && h.Algo != nixhash.SHA1 && h.Algo != nixhash.SHA256:
		return "", errorf("Git file ingestion must use SHA-1 or SHA-256 hash, but instead using: %s", h.Algo)
	case m == NAR && h.Algo == nixhash.SHA256:
		return d.MakeRefs("source", refs, digest, name)
	case len(refs.Paths) > 0 || refs.Self:
		return "", errorf("fixed output derivation '%s' is not allowed to refer to other store paths.\n"+
			"You may need to use the 'unsafeDiscardReferences' derivation attribute, see the manual for more details.", name)
	}
	sum := nixhash.Sum(nixhash.SHA256, []byte("fixed:out:"+m.Prefix()+digest+":"))
	return d.Make("output:out", sum.Prefixed(nixhash.Base16), name)
}
