package odb

import (
	"bytes"
	"compress/zlib"
	"context"
	"encoding/binary"
	"os"
	"path/filepath"
	"testing"

	"github.com/firn-lang/firn/builtins/fetch/git/gittest"
)

// seeds adds the files of a repository that match a pattern.
func seeds(f *testing.F, pattern string, prepare func(r *gittest.Repo)) {
	r := gittest.New(f)
	r.Fill(3, 12)
	r.Commit("one")
	r.Touch(1)
	r.Commit("two")
	prepare(r)
	files, err := filepath.Glob(r.Path(".git/objects/" + pattern))
	if err != nil || len(files) == 0 {
		f.Fatal(pattern, " matches nothing: ", err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
}

func FuzzPackIndex(f *testing.F) {
	seeds(f, "pack/*.idx", func(r *gittest.Repo) { r.Git("repack", "-adfq") })
	f.Fuzz(func(t *testing.T, data []byte) {
		ix, err := openPackIndex(memoryRegion("x.idx", data), SHA1)
		if err != nil {
			return
		}
		for pos := range min(ix.n, 1000) {
			b, err := ix.id(pos)
			if err != nil {
				t.Fatal(err)
			}
			_, _, _ = ix.find(MakeID(b))
			_, _ = ix.offset(pos)
		}
		_ = ix.withPrefix("abcd", map[ID]bool{}, 10)
	})
}

func FuzzMultiIndex(f *testing.F) {
	seeds(f, "pack/multi-pack-index", func(r *gittest.Repo) { r.Git("repack", "-adfq"); r.Git("multi-pack-index", "write") })
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := openMultiIndex(memoryRegion("x", data), SHA1)
		if err != nil {
			return
		}
		for pos := range min(m.n, 1000) {
			if pack, _, err := m.place(pos); err == nil && filepath.Base(pack) != pack {
				t.Fatalf("the pack %q lies elsewhere", pack)
			}
		}
	})
}

func FuzzGraph(f *testing.F) {
	seeds(f, "info/commit-graph", func(r *gittest.Repo) { r.Git("commit-graph", "write", "--reachable") })
	f.Fuzz(func(t *testing.T, data []byte) {
		l, err := openLayer(memoryRegion("x", data), SHA1, 0, nil)
		if err != nil {
			return
		}
		g := &Graph{layers: []*layer{l}, n: l.n}
		for pos := range min(g.n, 1000) {
			if c, err := g.Commit(pos, nil); err == nil && len(c.Parents) > len(data) {
				t.Fatal("more parents than bytes")
			}
		}
	})
}

// FuzzPack reads an object at each offset of a pack, as a damaged index may say.
func FuzzPack(f *testing.F) {
	seeds(f, "pack/*.pack", func(r *gittest.Repo) { r.Git("repack", "-adfq") })
	// A change to an object with a name that no pack has, and one that says to be of 1 TiB.
	f.Add(append([]byte("PACK\x00\x00\x00\x02\x00\x00\x00\x01\x75"), make([]byte, 40)...))
	f.Add(append([]byte("PACK\x00\x00\x00\x02\x00\x00\x00\x01\xbf\xff\xff\xff\xff\xff\x7f"), make([]byte, 40)...))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := newPack(memoryRegion("x.pack", data), SHA1)
		if err != nil {
			return
		}
		db := &Database{format: SHA1, cache: &cache{}, dirs: []*folder{{path: "/nonexistent", format: SHA1, loaded: true}}}
		for off := range min(int64(len(data)), 300) {
			c, err := db.chain(context.Background(), place{p, off})
			if err != nil || len(c.links) == 1 && c.links[0].entry.size > 1<<20 {
				continue
			}
			_, _ = c.size()
			_, _ = db.unpack(context.Background(), c)
		}
	})
}

func FuzzDelta(f *testing.F) {
	f.Add([]byte("the quick brown fox"), []byte{19, 11, 0x90, 4, 3, 'r', 'e', 'd', 0x91, 15, 4})
	f.Fuzz(func(t *testing.T, base, delta []byte) {
		_, to, _, err := deltaSizes(delta)
		if err == nil && to > 1<<20 {
			return
		}
		if out, err := applyDelta(base, delta); err == nil && int64(len(out)) != to {
			t.Fatalf("%d bytes in place of %d", len(out), to)
		}
	})
}

func FuzzLoose(f *testing.F) {
	f.Add([]byte("blob 5\x00hello"))
	f.Add(binary.BigEndian.AppendUint64([]byte("tree "), 1))
	f.Fuzz(func(t *testing.T, data []byte) {
		h, err := readLooseHeader(bytes.NewReader(data))
		if err == nil && (h.kind == 0 || h.size < 0) {
			t.Fatal("a header without kind or size")
		}
		var b bytes.Buffer
		z := zlib.NewWriter(&b)
		z.Write(data)
		z.Close()
		_, _ = readExactly(context.Background(), bytes.NewReader(b.Bytes()), h.size)
	})
}

func FuzzTree(f *testing.F) {
	f.Add([]byte("100644 a\x0012345678901234567890"))
	f.Fuzz(func(t *testing.T, data []byte) { _, _ = TreeEntries(data, SHA1) })
}

func FuzzCommit(f *testing.F) {
	f.Add([]byte("tree 1234567890123456789012345678901234567890\nauthor A <a> 1 +0\ncommitter A <a> 1 +0\n"))
	f.Add([]byte("object 1234567890123456789012345678901234567890\ntype commit\ntag x\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		_, _ = ParseCommit(data)
		_, _, _ = ParseTag(data)
	})
}
