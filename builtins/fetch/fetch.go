package fetch

// This file defines what a scheme of references is, and what it returns.

import (
	"context"
	"io"
	"time"

	"github.com/firn-lang/firn/builtins/flake/flakeref"
	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/eval/budget"
	"github.com/firn-lang/firn/eval/world"
)

// A Scheme fetches the references of one type. It may be used by several
// goroutines at once.
type Scheme interface {
	// Fetch returns the tree of a reference. Its errors do not name the reference:
	// the caller adds "while fetching the input 'URL'".
	Fetch(ctx context.Context, in *flakeref.Ref, env *Env) (*Tree, error)
}

// An Env is what a Scheme may use. It belongs to one fetch.
type Env struct {
	Host     world.Host    // the files that may be looked at
	Budget   budget.Budget // of the evaluation that waits; nil is unlimited
	HTTP     HTTP          // nil: no server may be asked
	CacheDir string        // the folder of the cache; "" if nothing outlasts the process
	TTL      time.Duration // how long to believe what a server said last
	Now      func() time.Time
	Warn     func(format string, args ...any)
	// Archive returns the tree of an archive that a program of a scheme makes, with its
	// NARHash. The tree stays in the cache by name, which must say all that the archive
	// depends on; open is called if it is not there.
	Archive func(ctx context.Context, name string, open func(ctx context.Context) (io.ReadCloser, error)) (*Tree, error)
}

// A Tree is the files of a reference.
type Tree struct {
	// Files has the files: its "/" is the tree. They do not change.
	Files world.Host
	// Attrs are the attributes of the reference, and what became known: rev,
	// lastModified and others. narHash is among them only if it is that of Files.
	Attrs flakeref.Attrs
	// RevCount computes the attribute revCount, if Attrs does not have it; nil if
	// there is none.
	RevCount func(ctx context.Context) (uint64, error)
	// NARHash returns the hash of the tree's archive; nil lets the caller compute it
	// from Files.
	NARHash func(ctx context.Context) (nixhash.Hash, error)
	// Fingerprint is equal for equal trees; "" if nothing cheap tells.
	Fingerprint string
	// Shown is the folder of a user's whose files the tree has, for messages; "" if there is
	// none. It may have more files, and later ones.
	Shown string
	// Path is where the tree lies in Env.Host, for a scheme that does not copy; "" if
	// it is nowhere there.
	Path string
}
