package memo

// This file defines Cache: where entries are, and which are removed.

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/firn-lang/firn/eval/world"
)

// DefaultSize is how many bytes a Cache takes if no size is given.
const DefaultSize = 256 << 20

const (
	// touchAfter is how old the time of a file may be before reading the entry renews it. The
	// times tell which entries were not used for long.
	touchAfter = time.Hour
	// abandonedAfter is after what time a file that was never moved to its place is garbage.
	abandonedAfter = time.Hour
	tempPrefix     = "new-"
)

// A Key is the name of an entry.
type Key [sha256.Size]byte

// KeyOf returns the key that parts make. No two lists of parts have the same.
func KeyOf(parts ...string) Key {
	h := sha256.New()
	var size [8]byte
	for _, p := range parts {
		for i := range size {
			size[i] = byte(len(p) >> (8 * i))
		}
		h.Write(size[:])
		h.Write([]byte(p))
	}
	return Key(h.Sum(nil))
}

// A Cache is a folder with entries. It may be used by several goroutines and processes at once. A nil
// Cache has no entries and keeps none.
type Cache struct {
	dir   string
	bytes int64 // that all entries may take
}

// Options say how a cache is kept.
type Options struct {
	Bytes int64 // all entries may take; 0 stands for DefaultSize
}

// Open returns the cache in the folder dir, which is made when there is something to keep. It returns
// nil if other users could have written what is there: their entries would be believed.
func Open(dir string, opt Options) *Cache {
	if info, err := os.Stat(dir); err == nil && (!info.IsDir() || !isPrivate(info)) {
		return nil
	}
	c := &Cache{dir: dir, bytes: opt.Bytes}
	if c.bytes <= 0 {
		c.bytes = DefaultSize
	}
	return c
}

// An Entry is what a Cache keeps.
type Entry struct {
	Result   []byte
	Messages []string     // that were printed meanwhile, in this order
	Reads    []world.Read // sorted as world.Log has them
}

// Get returns the entry of a key, or nil.
func (c *Cache) Get(key Key) *Entry {
	if c == nil {
		return nil
	}
	path := c.path(key)
	// A pipe in its place would be waited for.
	if info, err := os.Lstat(path); err != nil || !info.Mode().IsRegular() || info.Size() > c.bytes || !isPrivate(info) {
		return nil
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil
	}
	e, err := decode(key, text)
	if err != nil {
		return nil // and is written again by who computes it
	}
	if info, err := os.Stat(path); err == nil && time.Since(info.ModTime()) > touchAfter {
		now := time.Now()
		_ = os.Chtimes(path, now, now) // only the order of removal depends on it
	}
	return e
}

// Put keeps an entry in place of what the key had. It reports whether it did: not if a read would
// never be the same again, the entry is too large, or the disk refuses.
func (c *Cache) Put(key Key, e *Entry) bool {
	if c == nil || slices.ContainsFunc(e.Reads, isPointless) {
		return false
	}
	text := encode(key, e)
	if int64(len(text)) > c.bytes/4 {
		return false
	}
	if os.MkdirAll(filepath.Dir(c.dir), 0o777) != nil || os.MkdirAll(c.dir, 0o700) != nil {
		return false
	}
	if !c.write(c.path(key), text) {
		return false
	}
	c.prune()
	return true
}

// isPointless reports whether r can never be found the same.
func isPointless(r world.Read) bool {
	return r.Kind == world.ReadOnce || r.Kind == world.ReadContents && r.Hash == ""
}

func (c *Cache) path(key Key) string { return filepath.Join(c.dir, hex.EncodeToString(key[:])) }

// write writes a file at once.
func (c *Cache) write(path string, text []byte) bool {
	f, err := os.CreateTemp(c.dir, tempPrefix) // which only its owner can read
	if err != nil {
		return false
	}
	_, err = f.Write(text)
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		os.Remove(f.Name())
	}
	return err == nil
}

// prune removes the entries that were not used for longest, until a quarter of the space is free, if
// all together take too much; and what was left half-written.
func (c *Cache) prune() {
	list, err := os.ReadDir(c.dir)
	if err != nil {
		return
	}
	var files []fs.FileInfo
	var total int64
	for _, d := range list {
		info, err := d.Info()
		if err != nil || !info.Mode().IsRegular() {
			continue // removed meanwhile, or not ours
		}
		if strings.HasPrefix(d.Name(), tempPrefix) && time.Since(info.ModTime()) > abandonedAfter {
			os.Remove(filepath.Join(c.dir, d.Name()))
			continue
		}
		files = append(files, info)
		total += info.Size()
	}
	if total <= c.bytes {
		return
	}
	slices.SortFunc(files, func(a, b fs.FileInfo) int {
		return cmp.Or(a.ModTime().Compare(b.ModTime()), cmp.Compare(a.Name(), b.Name()))
	})
	for _, f := range files {
		if total <= c.bytes/4*3 {
			break
		}
		if os.Remove(filepath.Join(c.dir, f.Name())) == nil {
			total -= f.Size()
		}
	}
}
