// Package store is the line between evaluation and where store objects are.
//
//	Store      a place for store objects: what it has, archives out and in
//	PathInfo   what is known of a store object
//	Source     what becomes a store object; from a world, or from a reader
//	World      a world that shows the objects of a store
//	View       a store and a world, as evaluations use them together
//	Disk       the store directory of a world, without a database
//	Keeper     roots, garbage, verification of a store that has them
//	ReadOnly   a store that computes paths, and keeps nothing; Dummy is an empty one
//
// The formats are below: storepath, nixhash, nar and drv. Stores have packages
// of their own; memory is the first, and there is room beside it for local
// (Nix's own layout and database), daemon and cache (binary caches). Package
// storetest has the tests that all of them pass.
//
// Nothing here, or below, knows the evaluator. Store paths are whole paths, as
// texts: "/nix/store/HASH-NAME".
package store

// This file defines Store, and what its methods take and return.

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"time"

	"github.com/firn-lang/firn/builtins/store/nar"
	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/eval/budget"
	"github.com/firn-lang/firn/eval/world"
)

// A Store has store objects. What it has is valid: it is whole, and so is
// everything that it refers to.
//
// For a path that is not valid, methods return an error for which errors.Is
// with ErrInvalid holds. A Store may be used by several goroutines at once. A
// Store that wraps another one forwards every method: no ability is found by a
// type assertion, which a wrapper would lose.
type Store interface {
	// Dir returns the store directory.
	Dir() storepath.Dir

	// IsValid reports whether a path is valid. It is cheaper than Info.
	IsValid(ctx context.Context, path string) (bool, error)
	// Info returns what is known of a path. Callers may modify it.
	Info(ctx context.Context, path string) (*PathInfo, error)
	// References returns the paths that a path refers to, sorted, as far as that
	// is known. Callers must not modify them.
	References(ctx context.Context, path string) ([]string, error)
	// Referrers returns the valid paths that refer to a path, sorted.
	Referrers(ctx context.Context, path string) ([]string, error)
	// Derivers returns the valid derivations that have a path as an output, sorted.
	// The path need not be valid.
	Derivers(ctx context.Context, path string) ([]string, error)
	// Complete returns the valid path that has a hash part, or "" if there is none.
	Complete(ctx context.Context, hashPart string) (string, error)
	// Paths yields the valid paths, in any order; with an error, it is the last.
	// A store that cannot list them yields ErrNoList.
	Paths(ctx context.Context) iter.Seq2[string, error]

	// WriteNAR writes the archive of a path. With an error, a part of it may have
	// been written.
	WriteNAR(ctx context.Context, path string, w io.Writer) error
	// Files returns the files of valid objects as a world, in which they have
	// their whole paths; nil if the store has archives only.
	Files() world.Host

	// ReadOnly reports whether the store keeps nothing. AddText, Add and AddAll then
	// compute paths only, and AddNAR is an error.
	ReadOnly() bool
	// AddText adds a file with a text and references, such as a .drv file, and
	// returns its path.
	AddText(ctx context.Context, text Text) (string, error)
	// Add adds a file or file tree whose path depends on its contents, and
	// returns its path and the hash that the path is made of.
	Add(ctx context.Context, src Source) (string, nixhash.Hash, error)
	// AddAll adds objects, in any order, in as few steps as the store can, and returns
	// their paths. An object may refer to others of them. With an error, some may have
	// been added, each with all that it refers to.
	AddAll(ctx context.Context, objects []Object) ([]string, error)
	// AddNAR adds the object that info describes, whose archive r is. An archive
	// with another hash or size is an error, and so is a reference that is not
	// valid. A path that is valid already stays as it is; r is then read, or not.
	AddNAR(ctx context.Context, info *PathInfo, r io.Reader) error
	// AddSignatures adds signatures to a valid path.
	AddSignatures(ctx context.Context, path string, signatures []string) error

	// AddTempRoot keeps a path, and what it refers to, from being collected while
	// the store is in use; the path need not be valid yet. A store that is not
	// collected has nothing to do.
	AddTempRoot(ctx context.Context, path string) error
	// Builder returns what makes outputs of derivations valid; nil if nothing
	// does.
	Builder() Builder
	// Realisations returns what the store knows of outputs whose paths follow from
	// their contents; nil if it keeps no such knowledge.
	Realisations() Realisations
	// Keeper returns what keeps order in the store; nil if that is not the
	// caller's business, as with a binary cache.
	Keeper() Keeper
}

// A Builder makes outputs of derivations valid: by building them, or by
// fetching what others have built.
type Builder interface {
	// Build makes outputs of the derivation at drvPath valid; no outputs are all
	// of them.
	Build(ctx context.Context, drvPath string, outputs []string) error
}

// A PathInfo is what is known of a store object.
type PathInfo struct {
	Path       string
	NARHash    nixhash.Hash // SHA-256 of the archive
	NARSize    int64        // of the archive, in bytes
	References []string     // paths, sorted; the object's own may be among them
	Deriver    string       // path of the derivation that it is an output of; "" if it is none, or not known
	CA         ContentAddress
	Signatures []string  // KEY:BASE64, sorted
	Registered time.Time // when it became valid; zero if that is not known
	Ultimate   bool      // built here, and not fetched
}

// A ContentAddress says that a path follows from the contents. The zero one
// says that it does not.
type ContentAddress struct {
	Method storepath.Method
	Hash   nixhash.Hash
}

// IsZero reports whether the path does not follow from the contents.
func (ca ContentAddress) IsZero() bool { return ca.Hash.Algo == 0 }

// String returns the content address as Nix writes it, such as
// "fixed:r:sha256:HASH" or "text:sha256:HASH"; "" if there is none.
func (ca ContentAddress) String() string {
	switch {
	case ca.IsZero():
		return ""
	case ca.Method == storepath.Text:
		return "text:" + ca.Hash.Prefixed(nixhash.Nix32)
	}
	return "fixed:" + ca.Method.Prefix() + ca.Hash.Prefixed(nixhash.Nix32)
}

// A Text is a file that AddText adds.
type Text struct {
	Name       string
	Contents   string
	References []string      // paths, sorted, each once
	Path       string        // in the store, if the caller knows it already; "" lets the store compute it
	Budget     budget.Budget // what adding it may use
}

// A Source is what Add adds: a file or file tree in a world, or the bytes that
// come from a reader.
type Source struct {
	Name   string
	Method storepath.Method // Flat, NAR or Git
	Algo   nixhash.Algo     // of the hash that the path is made of; 0 is SHA-256

	Host   world.Host // where the files are
	Path   string     // of the file or tree there
	Filter nar.Filter // which parts of a tree are added; nil lets everything through

	Reader io.Reader // the bytes of the file if Method is Flat, otherwise an archive; nil if Host has the files

	// Hash is the hash that the path is made of, if the caller knows it: a store that
	// does not copy the files, or has them, need not read them then. Otherwise the zero one.
	Hash nixhash.Hash
	// Foreign says that Host is not the world of an evaluation, so that Path means
	// nothing there.
	Foreign bool
	// Fetched is what messages call the files if they were fetched, which stores keep even if nothing
	// refers to them; "" if they were not.
	Fetched string

	References []string      // paths, sorted, each once
	Budget     budget.Budget // what adding it may use
}

// ErrInvalid is the error for a path that is not valid. It is mostly an
// *InvalidPathError.
var ErrInvalid = errors.New("path is not valid")

// ErrNoList is the error of a store that does not know all that it has.
var ErrNoList = errors.New("the store cannot list its paths")

// ErrReadOnly is the error of adding an archive to a store that keeps nothing.
var ErrReadOnly = errors.New("the store cannot be written to")

// An InvalidPathError says that a store path is not valid. For errors.Is it is
// an ErrInvalid, and an fs.ErrNotExist.
type InvalidPathError struct {
	Path       string
	Derivation bool // a derivation was wanted
}

func (e *InvalidPathError) Error() string {
	if e.Derivation {
		return fmt.Sprintf("derivation '%s' is not valid", e.Path)
	}
	return fmt.Sprintf("path '%s' is not valid", e.Path)
}

// Is implements what errors.Is asks.
func (e *InvalidPathError) Is(target error) bool {
	return target == ErrInvalid || target == fs.ErrNotExist
}

// ErrorCode is what evaluators call the error.
func (e *InvalidPathError) ErrorCode() string { return "store-path" }

// OpenNAR returns the archive of a path as a reader. The caller must close it.
func OpenNAR(ctx context.Context, s Store, path string) io.ReadCloser {
	r, w := io.Pipe()
	go func() { w.CloseWithError(s.WriteNAR(ctx, path, w)) }()
	return r
}

// Closure returns path and everything that it refers to, directly or not,
// sorted.
func Closure(ctx context.Context, b budget.Budget, s Store, path string) ([]string, error) {
	seen := map[string]bool{path: true}
	list := []string{path}
	for i := 0; i < len(list); i++ {
		if err := budget.Tick(b, 1); err != nil {
			return nil, err
		}
		refs, err := s.References(ctx, list[i])
		if err != nil {
			return nil, err
		}
		for _, ref := range refs {
			if !seen[ref] {
				seen[ref] = true
				list = append(list, ref)
			}
		}
	}
	return list, budget.Sort(b, list)
}
