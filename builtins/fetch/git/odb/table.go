package odb

// This file defines sorted tables of IDs, which pack indexes, multi-pack-indexes and commit-graphs
// have in common, and the table of chunks that the last two begin with.

import (
	"bytes"
	"encoding/hex"
	"strings"
)

// fanoutSize is the size in bytes of what precedes a table of IDs: for each first byte, how many IDs
// begin with it or with a lower one.
const fanoutSize = 256 * 4

// A table is a sorted table of IDs in a file.
type table struct {
	file   *region
	format Format
	fanout int64 // offset of the fanout
	ids    int64 // offset of the first ID
	stride int64 // distance from an ID to the next one
	n      uint32
}

// check reads how many IDs there are, and returns an error if the fanout is not in order or the file
// lacks room for them.
func (t *table) check() error {
	b, err := t.file.bytes(t.fanout, fanoutSize)
	if err != nil {
		return err
	}
	var last uint32
	for i := range 256 {
		n := be32(b[4*i:])
		if n < last {
			return fileErrorf(t.file.name, "the index of first bytes is not in order")
		}
		last = n
	}
	t.n = last
	if _, err := t.file.bytes(t.ids, 0); err != nil {
		return err
	}
	if n := int64(t.n); n > 0 && (t.file.size-t.ids-int64(t.format.Size()))/t.stride < n-1 {
		return &FileError{File: t.file.name, Err: errShort}
	}
	return nil
}

func be32(b []byte) uint32 {
	_ = b[3]
	return uint32(b[0])<<24 | uint32(b[1])<<16 | uint32(b[2])<<8 | uint32(b[3])
}

// id returns the bytes of the ID at a position below t.n.
func (t *table) id(pos uint32) ([]byte, error) {
	return t.file.bytes(t.ids+int64(pos)*t.stride, int64(t.format.Size()))
}

// bounds returns the positions of IDs with that first byte.
func (t *table) bounds(first byte) (lo, hi uint32, err error) {
	if first > 0 {
		if lo, err = t.file.uint32(t.fanout + 4*int64(first-1)); err != nil {
			return 0, 0, err
		}
	}
	hi, err = t.file.uint32(t.fanout + 4*int64(first))
	return lo, min(hi, t.n), err
}

// search returns the first position whose ID is not less than want.
func (t *table) search(want []byte) (uint32, error) {
	lo, hi, err := t.bounds(want[0])
	if err != nil {
		return 0, err
	}
	for lo < hi {
		mid := lo + (hi-lo)/2
		id, err := t.id(mid)
		if err != nil {
			return 0, err
		}
		if bytes.Compare(id[:min(len(id), len(want))], want) < 0 {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo, nil
}

// find returns the position of id.
func (t *table) find(id ID) (pos uint32, ok bool, err error) {
	if t.n == 0 || id.Format() != t.format {
		return 0, false, nil
	}
	if pos, err = t.search(id.Bytes()); err != nil || pos >= t.n {
		return 0, false, err
	}
	got, err := t.id(pos)
	return pos, err == nil && bytes.Equal(got, id.Bytes()), err
}

// withPrefix adds the IDs that begin with some hexadecimal digits, of which there are at least 2, to
// found, until it has most.
func (t *table) withPrefix(digits string, found map[ID]bool, most int) error {
	whole, err := hex.DecodeString(digits[:len(digits)&^1])
	if err != nil {
		return nil
	}
	pos, err := t.search(whole)
	if err != nil {
		return err
	}
	for ; pos < t.n && len(found) < most; pos++ {
		b, err := t.id(pos)
		if err != nil {
			return err
		}
		if !bytes.HasPrefix(b, whole) {
			return nil
		}
		if id := MakeID(b); strings.HasPrefix(id.String(), digits) {
			found[id] = true
		}
	}
	return nil
}

// A chunk is a part of a file with a table of chunks.
type chunk struct{ off, size int64 }

// readChunks reads the table of n chunks at an offset: names of 4 bytes, and where each begins. The
// table ends with a row that says where the last one ends.
func readChunks(r *region, off int64, n int) (map[string]chunk, error) {
	rows, err := r.bytes(off, int64(n+1)*12)
	if err != nil {
		return nil, err
	}
	chunks := make(map[string]chunk, n)
	for i := range n {
		row, next := rows[12*i:], rows[12*(i+1):]
		begin, end := be64(row[4:]), be64(next[4:])
		if begin > end || end > uint64(r.size) {
			return nil, fileErrorf(r.name, "part '%s' is not within the file", clip(hex.EncodeToString(row[:4])))
		}
		chunks[string(row[:4])] = chunk{int64(begin), int64(end - begin)}
	}
	return chunks, nil
}

func be64(b []byte) uint64 { return uint64(be32(b))<<32 | uint64(be32(b[4:])) }

// chunkTable returns the table of IDs of a file with chunks.
func chunkTable(r *region, format Format, chunks map[string]chunk) (*table, error) {
	fanout, ids := chunks["OIDF"], chunks["OIDL"]
	if fanout.size != fanoutSize {
		return nil, fileErrorf(r.name, "the index of first bytes is missing")
	}
	t := &table{file: r, format: format, fanout: fanout.off, ids: ids.off, stride: int64(format.Size())}
	if err := t.check(); err != nil {
		return nil, err
	}
	if int64(t.n)*t.stride != ids.size {
		return nil, fileErrorf(r.name, "the table of names does not have %d rows", t.n)
	}
	return t, nil
}
