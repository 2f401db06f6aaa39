package local

// This file defines how much is read of the database at once.

import (
	"context"
	"slices"
	"strings"

	"github.com/firn-lang/firn/builtins/store"
)

// Closure returns what is known of paths, and of all that they refer to, directly or not, by
// path. What is not valid is left out. All is from one state of the database, and takes a
// fraction of the time of as many calls of Info.
func (s *Store) Closure(ctx context.Context, paths []string) (map[string]*store.PathInfo, error) {
	c := closureReader{infos: map[string]*store.PathInfo{}, byID: map[int64]*store.PathInfo{}, refs: map[int64][]int64{}}
	err := s.readers.with(ctx, func(db *database) error {
		return db.read(func() error {
			var next []int64
			for _, path := range paths {
				id, err := idOf(db, path)
				if err != nil {
					return err
				}
				if id != 0 {
					next = append(next, id)
				}
			}
			for len(next) > 0 {
				level, err := c.rows(db, next)
				if err == nil {
					next, err = c.follow(db, level)
				}
				if err != nil {
					return err
				}
			}
			return nil
		})
	})
	if err != nil {
		return nil, err
	}
	for id, refs := range c.refs {
		info := c.byID[id]
		for _, ref := range refs {
			if other := c.byID[ref]; other != nil {
				info.References = append(info.References, other.Path)
			}
		}
		slices.Sort(info.References)
	}
	return c.infos, nil
}

// A closureReader is one run of Closure.
type closureReader struct {
	infos map[string]*store.PathInfo
	byID  map[int64]*store.PathInfo // by the number of the row
	refs  map[int64][]int64         // of each row
}

// batch is how many rows one statement reads: half the time of one by one.
const batch = 32

// inBatch is the condition of such a statement. Numbers that are left over are 0, which no
// row has.
var inBatch = " in (?" + strings.Repeat(", ?", batch-1) + ")"

// batches runs a statement that ends with inBatch for numbers of rows.
func batches(db *database, text string, ids []int64, fn func(row) error) error {
	for chunk := range slices.Chunk(ids, batch) {
		args := make([]any, batch)
		for i := range args {
			args[i] = int64(0)
			if i < len(chunk) {
				args[i] = chunk[i]
			}
		}
		if err := db.query(text+inBatch, fn, args...); err != nil {
			return err
		}
	}
	return nil
}

// rows reads rows, without what they refer to, but for those that were read before. It
// returns the numbers of those that it has read.
func (c *closureReader) rows(db *database, ids []int64) (fresh []int64, err error) {
	slices.Sort(ids)
	ids = slices.DeleteFunc(slices.Compact(ids), func(id int64) bool { return c.byID[id] != nil })
	err = batches(db, "select path, hash, registrationTime, deriver, narSize, ultimate, sigs, ca, id from ValidPaths where id", ids, func(r row) error {
		info, id := &store.PathInfo{Path: r.text(0)}, r.int(8)
		c.infos[info.Path], c.byID[id] = info, info
		return decodeInfo(info, r)
	})
	return ids, err
}

// follow reads the references of rows, and returns them.
func (c *closureReader) follow(db *database, ids []int64) (next []int64, err error) {
	err = batches(db, "select referrer, reference from Refs where referrer", ids, func(r row) error {
		from, to := r.int(0), r.int(1)
		c.refs[from] = append(c.refs[from], to)
		if c.byID[to] == nil {
			next = append(next, to)
		}
		return nil
	})
	return next, err
}
