package odb

// This file defines indexes: of one pack, and of many.

import (
	"bytes"
	"path/filepath"
	"strings"
)

// A packIndex is the index of one pack: where each object begins.
type packIndex struct {
	table
	v1     bool
	off32  int64 // offset of the table of offsets
	off64  int64 // offset of the table of large offsets
	n64    uint32
	packed int64 // size of the pack's index file without its trailer
}

// packIndexMagic begins an index of version 2; an index of version 1 begins with its fanout.
const packIndexMagic = "\xfftOc"

// openPackIndex reads the head of an index.
func openPackIndex(r *region, format Format) (*packIndex, error) {
	ix := &packIndex{table: table{file: r, format: format}}
	hash := int64(format.Size())
	head, err := r.bytes(0, 8)
	if err != nil {
		return nil, err
	}
	ix.packed = r.size - 2*hash
	if string(head[:4]) != packIndexMagic {
		ix.v1, ix.ids, ix.stride = true, fanoutSize+4, 4+hash
		if err := ix.check(); err != nil {
			return nil, err
		}
		if fanoutSize+int64(ix.n)*ix.stride != ix.packed {
			return nil, fileErrorf(r.name, "the size does not fit %d objects", ix.n)
		}
		return ix, nil
	}
	if v := be32(head[4:]); v != 2 {
		return nil, fileErrorf(r.name, "version %d of pack indexes is not known", v)
	}
	ix.fanout, ix.ids, ix.stride = 8, 8+fanoutSize, hash
	if err := ix.check(); err != nil {
		return nil, err
	}
	n := int64(ix.n)
	ix.off32 = ix.ids + n*(hash+4) // after names and checksums
	ix.off64 = ix.off32 + 4*n
	left := ix.packed - ix.off64
	if left < 0 || left%8 != 0 || left/8 > n {
		return nil, fileErrorf(r.name, "the size does not fit %d objects", n)
	}
	ix.n64 = uint32(left / 8)
	return ix, nil
}

// offset returns where the object at a position begins in the pack.
func (ix *packIndex) offset(pos uint32) (int64, error) {
	if ix.v1 {
		off, err := ix.file.uint32(ix.ids + int64(pos)*ix.stride - 4)
		return int64(off), err
	}
	off, err := ix.file.uint32(ix.off32 + 4*int64(pos))
	if err != nil || off < 1<<31 {
		return int64(off), err
	}
	return largeOffset(ix.file, ix.off64, ix.n64, off&^(1<<31))
}

// largeOffset returns row i of a table of offsets of 8 bytes.
func largeOffset(r *region, at int64, n, i uint32) (int64, error) {
	if i >= n {
		return 0, fileErrorf(r.name, "large offset %d of %d does not exist", i, n)
	}
	off, err := r.uint64(at + 8*int64(i))
	if err == nil && off > 1<<62 {
		err = fileErrorf(r.name, "an offset of %d is too large", off)
	}
	return int64(off), err
}

// A multiIndex is an index of several packs.
type multiIndex struct {
	table
	packs   []string // file names, without folder, that end in ".pack"
	offsets chunk    // for each object, the number of its pack and its offset there
	large   chunk    // offsets that need 8 bytes
}

// openMultiIndex reads the head of a multi-pack-index.
func openMultiIndex(r *region, format Format) (*multiIndex, error) {
	head, err := r.bytes(0, 12)
	if err != nil {
		return nil, err
	}
	if string(head[:4]) != "MIDX" {
		return nil, fileErrorf(r.name, "not a multi-pack-index")
	}
	if head[4] != 1 && head[4] != 2 {
		return nil, fileErrorf(r.name, "version %d of multi-pack-indexes is not known", head[4])
	}
	if err := checkHashVersion(r, head[5], format); err != nil {
		return nil, err
	}
	if head[7] != 0 {
		return nil, fileErrorf(r.name, "it builds on %d others, which is not supported", head[7])
	}
	chunks, err := readChunks(r, 12, int(head[6]))
	if err != nil {
		return nil, err
	}
	t, err := chunkTable(r, format, chunks)
	if err != nil {
		return nil, err
	}
	m := &multiIndex{table: *t, offsets: chunks["OOFF"], large: chunks["LOFF"]}
	if m.offsets.size != 8*int64(m.n) {
		return nil, fileErrorf(r.name, "the table of offsets does not have %d rows", m.n)
	}
	names, err := r.bytes(chunks["PNAM"].off, chunks["PNAM"].size)
	if err != nil {
		return nil, err
	}
	for range be32(head[8:]) {
		name, rest, ok := bytes.Cut(names, []byte{0})
		if !ok || len(name) == 0 {
			return nil, fileErrorf(r.name, "names of packs are missing")
		}
		pack := strings.TrimSuffix(strings.TrimSuffix(string(name), ".idx"), ".pack") + ".pack"
		if filepath.Base(pack) != pack {
			return nil, fileErrorf(r.name, "'%s' is not the name of a pack", clip(pack))
		}
		m.packs, names = append(m.packs, pack), rest
	}
	return m, nil
}

// checkHashVersion returns an error unless a file has names of that format: 1 is SHA-1, 2 SHA-256.
func checkHashVersion(r *region, version byte, format Format) error {
	if version != byte(format) {
		return fileErrorf(r.name, "its names of objects are not those of a %s repository", format)
	}
	return nil
}

// place returns the pack and the offset of the object at a position.
func (m *multiIndex) place(pos uint32) (pack string, offset int64, err error) {
	row, err := m.file.bytes(m.offsets.off+8*int64(pos), 8)
	if err != nil {
		return "", 0, err
	}
	n, off := be32(row), be32(row[4:])
	if n >= uint32(len(m.packs)) {
		return "", 0, fileErrorf(m.file.name, "pack %d of %d does not exist", n, len(m.packs))
	}
	// Without a table of large offsets, all 32 bits are the offset.
	if off < 1<<31 || m.large.size == 0 {
		return m.packs[n], int64(off), nil
	}
	offset, err = largeOffset(m.file, m.large.off, uint32(m.large.size/8), off&^(1<<31))
	return m.packs[n], offset, err
}
