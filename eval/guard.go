package eval

// This file defines what tells panics in the code of an embedder from those of firn.

import (
	"context"
	"fmt"
	"io"
	"runtime/debug"
	"time"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/eval/core"
)

// A PanicError is a panic of a Function, an Unmarshaler, a Host, a Store or other code that
// an evaluation called. It is the Cause of an Error with the code "panic". With the code
// "internal" it is one of firn itself.
type PanicError struct {
	Value any
	Stack []byte // of the goroutine, as debug.Stack returns it
}

// Error returns the value that the code panicked with.
func (e *PanicError) Error() string { return fmt.Sprintf("panic: %v", e.Value) }

// Unwrap returns the value, if it is an error.
func (e *PanicError) Unwrap() error {
	err, _ := e.Value.(error)
	return err
}

// recovered turns a panic of a function into an error.
func recovered(err *error) {
	if r := recover(); r != nil {
		p := foreign(r)
		*err = &PanicError{p.Value, p.Stack}
	}
}

// foreign returns r, which code of an embedder panicked with. It panics again with what ends
// an evaluation.
func foreign(r any) *core.Panic {
	if core.Unwinds(r) {
		panic(r)
	}
	if p, ok := r.(*core.Panic); ok {
		return p
	}
	return &core.Panic{Value: r, Stack: debug.Stack()}
}

// blame is to be deferred around code of an embedder that has no way to fail, or whose errors
// may count for nothing: the evaluation ends with its panic as an error.
func blame() {
	if r := recover(); r != nil {
		panic(foreign(r))
	}
}

// protect calls a function that is not ours. It does not keep fn.
func protect[R any](fn func() (R, error)) (r R, err error) {
	defer recovered(&err)
	return fn()
}

// guard calls code that is not ours.
func guard(fn func() error) (err error) {
	defer recovered(&err)
	return fn()
}

// guardFuncs puts guards around the functions of opt, of which opt is a copy.
func (opt *Options) guardFuncs() {
	if out := opt.Messages; out != nil {
		opt.Messages = guardedWriter{out}
	}
	if now := opt.Now; now != nil {
		opt.Now = func() time.Time {
			defer blame()
			return now()
		}
	}
	if onImport := opt.OnImport; onImport != nil {
		opt.OnImport = func(path string) {
			defer blame()
			onImport(path)
		}
	}
}

// A guardedWriter writes to a writer of an embedder.
type guardedWriter struct{ io.Writer }

func (w guardedWriter) Write(b []byte) (int, error) {
	defer blame()
	return w.Writer.Write(b)
}

// A guardedHost is a Host of an embedder.
type guardedHost struct{ Host }

func (h guardedHost) Lstat(ctx context.Context, path string) (FileInfo, error) {
	defer blame()
	return h.Host.Lstat(ctx, path)
}

func (h guardedHost) Open(ctx context.Context, path string) (File, error) {
	defer blame()
	f, err := h.Host.Open(ctx, path)
	if err != nil {
		return nil, err
	}
	return guardedFile{f}, nil
}

func (h guardedHost) ReadDir(ctx context.Context, path string) ([]DirEntry, error) {
	defer blame()
	return h.Host.ReadDir(ctx, path)
}

func (h guardedHost) ReadLink(ctx context.Context, path string) (string, error) {
	defer blame()
	return h.Host.ReadLink(ctx, path)
}

func (h guardedHost) Getenv(ctx context.Context, name string) string {
	defer blame()
	return h.Host.Getenv(ctx, name)
}

// A guardedFile is a file of a guardedHost.
type guardedFile struct{ File }

func (f guardedFile) Read(b []byte) (int, error) {
	defer blame()
	return f.File.Read(b)
}

func (f guardedFile) Stat() (FileInfo, error) {
	defer blame()
	return f.File.Stat()
}

func (f guardedFile) Close() error {
	defer blame()
	return f.File.Close()
}

// A guardedStore is a store of an embedder: the methods that evaluations call have guards.
type guardedStore struct{ store.Store }

func (s guardedStore) IsValid(ctx context.Context, path string) (bool, error) {
	defer blame()
	return s.Store.IsValid(ctx, path)
}

func (s guardedStore) Info(ctx context.Context, path string) (*store.PathInfo, error) {
	defer blame()
	return s.Store.Info(ctx, path)
}

func (s guardedStore) References(ctx context.Context, path string) ([]string, error) {
	defer blame()
	return s.Store.References(ctx, path)
}

func (s guardedStore) WriteNAR(ctx context.Context, path string, w io.Writer) error {
	defer blame()
	return s.Store.WriteNAR(ctx, path, w)
}

func (s guardedStore) Files() Host {
	defer blame()
	if files := s.Store.Files(); files != nil {
		return guardedHost{files}
	}
	return nil
}

func (s guardedStore) AddText(ctx context.Context, text store.Text) (string, error) {
	defer blame()
	return s.Store.AddText(ctx, text)
}

func (s guardedStore) Add(ctx context.Context, src store.Source) (string, nixhash.Hash, error) {
	defer blame()
	return s.Store.Add(ctx, src)
}

func (s guardedStore) AddAll(ctx context.Context, objects []store.Object) ([]string, error) {
	defer blame()
	return s.Store.AddAll(ctx, objects)
}

func (s guardedStore) AddNAR(ctx context.Context, info *store.PathInfo, r io.Reader) error {
	defer blame()
	return s.Store.AddNAR(ctx, info, r)
}

func (s guardedStore) AddTempRoot(ctx context.Context, path string) error {
	defer blame()
	return s.Store.AddTempRoot(ctx, path)
}

func (s guardedStore) Builder() store.Builder {
	defer blame()
	if b := s.Store.Builder(); b != nil {
		return guardedBuilder{b}
	}
	return nil
}

func (s guardedStore) Realisations() store.Realisations {
	defer blame()
	if r := s.Store.Realisations(); r != nil {
		return guardedRealisations{r}
	}
	return nil
}

// guardedRealisations are those of a guardedStore.
type guardedRealisations struct{ store.Realisations }

func (r guardedRealisations) Realisation(ctx context.Context, id store.OutputID) (*store.Realisation, error) {
	defer blame()
	return r.Realisations.Realisation(ctx, id)
}

// A guardedBuilder is that of a guardedStore.
type guardedBuilder struct{ store.Builder }

func (b guardedBuilder) Build(ctx context.Context, drvPath string, outputs []string) error {
	defer blame()
	return b.Builder.Build(ctx, drvPath, outputs)
}
