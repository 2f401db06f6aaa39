package local

// This file defines how many objects are added together.

import (
	"cmp"
	"context"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/filelock"
	"github.com/firn-lang/firn/builtins/store/nar"
	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/builtins/store/storepath"
)

// partSize is how many objects AddAll adds in one step, with one sync and one
// transaction. The lock of each is an open file, of which a process may have 1,024.
const partSize = 400

// An addition is an object that AddAll adds.
type addition struct {
	object *store.Object
	path   string
	info   *store.PathInfo
	entry  entry
	lock   *filelock.Lock
	tree   bool // there are several files
	begun  bool // something is at the path on the disk
}

// AddAll implements store.Store. Paths that are valid cost one look into the
// database. The others are written in parts: their files by as many goroutines as
// there are processors, then one sync, then one transaction.
func (s *Store) AddAll(ctx context.Context, objects []store.Object) ([]string, error) {
	order, err := store.OrderOf(ctx, s.dir, objects)
	if err != nil {
		return nil, err
	}
	if s.opts.ReadOnly {
		return order.Paths, nil
	}
	if err := s.temp.add(ctx, order.Paths...); err != nil {
		return nil, err
	}
	all := make([]*addition, 0, len(objects))
	for _, round := range order.Rounds {
		for _, i := range round {
			all = append(all, &addition{object: &objects[i], path: order.Paths[i]})
		}
	}
	if all, err = s.notValid(ctx, all); err != nil {
		return nil, err
	}
	for part := range slices.Chunk(all, partSize) {
		if err := s.addPart(ctx, part); err != nil {
			return nil, err
		}
	}
	return order.Paths, nil
}

// notValid returns those that are not valid, in their order.
func (s *Store) notValid(ctx context.Context, all []*addition) (left []*addition, err error) {
	err = s.readers.with(ctx, func(db *database) error {
		return db.read(func() error {
			for _, a := range all {
				id, err := idOf(db, a.path)
				if err != nil {
					return err
				}
				if id == 0 {
					left = append(left, a)
				}
			}
			return nil
		})
	})
	return left, err
}

// addPart adds objects in one transaction. After an error, nothing is left of them
// but what another process has added meanwhile.
func (s *Store) addPart(ctx context.Context, part []*addition) (err error) {
	part = slices.Clone(part)
	// Everybody locks in this order, so that nobody waits for somebody who waits.
	slices.SortFunc(part, func(a, b *addition) int { return cmp.Compare(a.path, b.path) })
	defer func() {
		for _, a := range part {
			if err != nil && a.begun {
				_, _ = deleteTree(s.RealPath(a.path))
			}
			if a.lock != nil {
				a.lock.Release()
			}
		}
	}()
	for _, a := range part {
		if a.lock, err = s.lockPath(ctx, a.path); err != nil {
			return err
		}
	}
	missing, err := s.notValid(ctx, part)
	if err != nil || len(missing) == 0 {
		return err
	}
	if err := s.writeAll(ctx, missing); err != nil {
		return err
	}
	j := &job{ctx: ctx}
	entries := make([]entry, len(missing))
	for i, a := range missing {
		j.files = append(j.files, s.RealPath(a.path))
		j.many = j.many || a.tree
		// What a derivation needs may be in this part, so that its file had to be written first.
		if a.entry.PathInfo == nil {
			if a.entry, err = s.newEntry(ctx, a.info, a.text(), false); err != nil {
				return err
			}
		}
		entries[i] = a.entry
	}
	j.fn = func(db *database) error { return insert(db, entries) }
	return s.writer.run(j)
}

// text returns the contents of a text; nil for a source.
func (a *addition) text() *string {
	if a.object.Text == nil {
		return nil
	}
	return &a.object.Text.Contents
}

// writeAll writes the files of objects, several at the same time.
func (s *Store) writeAll(ctx context.Context, part []*addition) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(part)) {
		wg.Go(func() {
			buf := restoreBuffers.Get().(*[restoreBuffer]byte)
			defer restoreBuffers.Put(buf)
			o := s.newOptimiser(ctx)
			for {
				i := int(next.Add(1)) - 1
				if i >= len(part) || ctx.Err() != nil {
					return
				}
				err := part[i].write(ctx, s, buf[:])
				if err == nil && s.opts.AutoOptimise {
					err = o.tree(s.RealPath(part[i].path))
				}
				if err != nil {
					cancel(err)
					return
				}
			}
		})
	}
	wg.Wait()
	return context.Cause(ctx)
}

// write writes the files of an object, and completes what is known of it.
func (a *addition) write(ctx context.Context, s *Store, buf []byte) error {
	real := s.RealPath(a.path)
	if err := removeOld(real); err != nil {
		return err
	}
	a.begun = true
	a.info = &store.PathInfo{Path: a.path, References: a.object.References()}
	if a.object.Source != nil {
		return a.writeSource(ctx, s, real)
	}
	text := a.object.Text.Contents
	if err := writeFile(real, false, strings.NewReader(text), buf); err != nil {
		return err
	}
	if err := describeText(a.info, text, nixhash.Sum(nixhash.SHA256, []byte(text))); err != nil {
		return err
	}
	if a.object.Text.Path == "" {
		return nil
	}
	var err error
	a.entry, err = s.newEntry(ctx, a.info, &text, true)
	return err
}

// writeSource writes the files of a source, whose contents must have the hash that
// the path was computed of.
func (a *addition) writeSource(ctx context.Context, s *Store, real string) error {
	src := *a.object.Source
	src.Budget = nil
	if src.Algo == 0 {
		src.Algo = nixhash.SHA256
	}
	h, many, err := s.ingest(ctx, a.info, src, real, -1, false)
	if err != nil {
		return err
	}
	a.tree = many
	a.info.CA = store.ContentAddress{Method: src.Method, Hash: h}
	path, err := src.ResolveAs(s.dir, h)
	if err == nil && path != a.path {
		err = &store.ChangedError{Path: src.Path}
	}
	a.entry = entry{PathInfo: a.info}
	return err
}

// describeText completes what is known of a text.
func describeText(info *store.PathInfo, text string, h nixhash.Hash) error {
	info.CA = store.ContentAddress{Method: storepath.Text, Hash: h}
	sum := nixhash.NewHasher(nixhash.SHA256)
	if err := nar.WriteFile(sum, false, int64(len(text)), strings.NewReader(text)); err != nil {
		return err
	}
	info.NARHash, info.NARSize = sum.Result(), sum.Len()
	return nil
}
