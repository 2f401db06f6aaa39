package eval

// This file defines the store of an evaluator that records what it reads.

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/eval/world"
)

// A recordedStore notes in reads what evaluations ask the store. What they put into it is there
// whenever they are evaluated again, so that nothing that is read of it counts; unless the store keeps
// nothing, and shows them the disk.
type recordedStore struct {
	store.Store
	reads *world.Recorder
}

// own makes what is read below a path count no more, since an evaluation has put it into the store.
func (s recordedStore) own(path string, err error) {
	if err == nil && !s.ReadOnly() {
		s.reads.Ignore(path)
	}
}

// What a ReadStore asks; the Hash begins with it.
const (
	askValid      = "valid"
	askInfo       = "info"
	askReferences = "references"
)

// note notes what the store said of a path.
func (s recordedStore) note(ask, path string, answer any, err error) {
	s.reads.AddUnlessOwn(Read{Kind: world.ReadStore, Name: path, Hash: storeAnswer(ask, answer, err)})
}

// storeAnswer returns the Hash of a ReadStore.
func storeAnswer(ask string, answer any, err error) string {
	switch {
	case errors.Is(err, store.ErrInvalid):
		return ask + " invalid"
	case err != nil:
		return ask + " error " + err.Error()
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%+v", answer))
	return ask + " " + hex.EncodeToString(sum[:])
}

// sameInStore reports whether the store says the same as when r was read.
func (ev *Evaluator) sameInStore(ctx context.Context, r Read) bool {
	ask, _, _ := strings.Cut(r.Hash, " ")
	st := ev.asked
	switch ask {
	case askValid:
		valid, err := st.IsValid(ctx, r.Name)
		return storeAnswer(ask, valid, err) == r.Hash
	case askInfo:
		info, err := st.Info(ctx, r.Name)
		return storeAnswer(ask, contents(info), err) == r.Hash
	case askReferences:
		refs, err := st.References(ctx, r.Name)
		return storeAnswer(ask, refs, err) == r.Hash
	}
	return false
}

// contents returns the part of info that evaluations can see.
func contents(info *store.PathInfo) any {
	if info == nil {
		return nil
	}
	return []any{info.NARHash, info.NARSize, info.References, info.CA}
}

func (s recordedStore) IsValid(ctx context.Context, path string) (bool, error) {
	valid, err := s.Store.IsValid(ctx, path)
	s.note(askValid, path, valid, err)
	return valid, err
}

func (s recordedStore) Info(ctx context.Context, path string) (*store.PathInfo, error) {
	info, err := s.Store.Info(ctx, path)
	s.note(askInfo, path, contents(info), err)
	return info, err
}

func (s recordedStore) References(ctx context.Context, path string) ([]string, error) {
	refs, err := s.Store.References(ctx, path)
	s.note(askReferences, path, refs, err)
	return refs, err
}

// once notes an answer that is not compared.
func (s recordedStore) once(what string) {
	s.reads.Add(Read{Kind: world.ReadOnce, Name: "the " + what + " of the store"})
}

func (s recordedStore) Referrers(ctx context.Context, path string) ([]string, error) {
	s.once("referrers")
	return s.Store.Referrers(ctx, path)
}

func (s recordedStore) Derivers(ctx context.Context, path string) ([]string, error) {
	s.once("derivers")
	return s.Store.Derivers(ctx, path)
}

func (s recordedStore) Complete(ctx context.Context, hashPart string) (string, error) {
	s.once("paths")
	return s.Store.Complete(ctx, hashPart)
}

func (s recordedStore) Paths(ctx context.Context) iter.Seq2[string, error] {
	s.once("paths")
	return s.Store.Paths(ctx)
}

func (s recordedStore) WriteNAR(ctx context.Context, path string, w io.Writer) error {
	s.once("archives")
	return s.Store.WriteNAR(ctx, path, w)
}

func (s recordedStore) AddText(ctx context.Context, text store.Text) (string, error) {
	path, err := s.Store.AddText(ctx, text)
	s.own(path, err)
	return path, err
}

func (s recordedStore) Add(ctx context.Context, src store.Source) (string, nixhash.Hash, error) {
	path, hash, err := s.Store.Add(ctx, src)
	s.own(path, err)
	if src.Foreign && err == nil {
		// A fetched tree is shown at its path although the store keeps nothing; and what is there
		// already has the same hash.
		s.reads.Ignore(path)
	}
	return path, hash, err
}

func (s recordedStore) AddAll(ctx context.Context, objects []store.Object) ([]string, error) {
	paths, err := s.Store.AddAll(ctx, objects)
	for _, path := range paths {
		s.own(path, err)
	}
	return paths, err
}

func (s recordedStore) AddNAR(ctx context.Context, info *store.PathInfo, r io.Reader) error {
	err := s.Store.AddNAR(ctx, info, r)
	s.own(info.Path, err)
	return err
}
