package fetch

// This file defines the cache: trees and files by their hash, and notes of what was
// fetched from where.
//
// The folder has
//
//	objects/tree-HASH   a tree file; HASH is that of the tree's NAR
//	objects/file-HASH   a file; HASH is that of its bytes
//	notes/KEY           what was fetched from a place, as JSON; KEY is the hash of its name
//	tmp/                what is being written
//
// A file comes into its place by a rename, so that processes see all of it or nothing. What is read is compared
// with its hash or checksum, and fetched again if it is damaged: see heal.go. Temporary files of processes that were
// killed go with the next one that is made.
// What was not used for the longest time goes first when there is too much.

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/firn-lang/firn/builtins/fetch/lockfile"
	"github.com/firn-lang/firn/builtins/fetch/treefile"
	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/nar"
	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/eval/budget"
)

// A note says what was fetched from a place.
type note struct {
	Place     string // what the note is about, so that people can read it
	Object    string // name of the object
	Checked   int64  // when the server was asked last, in seconds since 1970
	Newest    int64  // time of the newest entry of an archive, likewise; 0 if there is none
	ETag      string `json:",omitempty"`
	Modified  string `json:",omitempty"` // the header Last-Modified; for a file of this machine, what tells its version
	URL       string `json:",omitempty"` // where redirects led to
	Immutable string `json:",omitempty"` // what the server said is the URL of this version

	// The object itself, if it was made just now: the cache may have dropped it since.
	tree *treefile.Tree
	file *object
}

// objectName returns the name of an object.
func objectName(kind string, h nixhash.Hash) string { return kind + "-" + h.Text(nixhash.Nix32) }

// objectHash returns the hash that the name of an object has.
func objectHash(name string) (nixhash.Hash, error) {
	_, text, _ := strings.Cut(name, "-")
	return nixhash.Parse(text, nixhash.SHA256)
}

// An object is what the cache has under a hash: bytes to read at random.
type object struct {
	io.ReaderAt
	size int64
}

// copyTo writes all bytes of o.
func (o object) copyTo(ctx context.Context, w io.Writer) error {
	_, err := io.Copy(w, store.WithContext(ctx, io.NewSectionReader(o, 0, o.size)))
	return err
}

// A cache keeps objects and notes: in a folder, or, if dir is "", in memory. It may be
// used by several goroutines at once.
type cache struct {
	dir   string
	limit int64 // of all objects, in bytes
	now   func() time.Time

	mu      sync.Mutex
	objects map[string]object // those of a cache in memory
	order   []string          // their names, the oldest first
	bytes   int64             // of them
	notes   map[string]*note  // of a cache in memory, by key
	sweep   sync.Once         // of the folder for temporary files
	added   int64             // bytes of objects since the folder was looked through; -1 at first
}

// defaultLimit is how many bytes a cache may have, unless the options say otherwise.
const (
	defaultLimit       = 10 << 30
	defaultMemoryLimit = 1 << 30
)

func newCache(dir string, limit int64, now func() time.Time) *cache {
	if limit == 0 {
		limit = defaultLimit
		if dir == "" {
			limit = defaultMemoryLimit
		}
	}
	return &cache{dir: dir, limit: limit, now: now, objects: map[string]object{}, notes: map[string]*note{}, added: -1}
}

// notePath returns where the note about a place lies.
func (c *cache) notePath(place string) string {
	sum := sha256.Sum256([]byte(place))
	return filepath.Join(c.dir, "notes", hex.EncodeToString(sum[:20]))
}

// note returns the note about a place, if there is one whose object is still there.
func (c *cache) note(place string) *note {
	var n *note
	if c.dir == "" {
		c.mu.Lock()
		n = c.notes[place]
		c.mu.Unlock()
	} else if data, err := os.ReadFile(c.notePath(place)); err == nil {
		n = &note{}
		if json.Unmarshal(data, n) != nil {
			n = nil
		}
	}
	if n == nil || n.Place != place || n.Object != "" && !c.has(n.Object) {
		return nil
	}
	clone := *n
	if c.dir != "" && strings.HasPrefix(n.Object, "tree-") {
		// One that was cut off, by a full disk or the end of the power, is as good as none.
		h, err := objectHash(n.Object)
		if err != nil {
			return nil
		}
		if clone.tree = c.tree(h); clone.tree == nil {
			_ = os.Remove(c.objectPath(n.Object))
			return nil
		}
	}
	return &clone
}

// setNote keeps a note. That the disk is full, say, costs time later, and is no error.
func (c *cache) setNote(n note) {
	if c.dir == "" {
		c.mu.Lock()
		defer c.mu.Unlock()
		n.tree, n.file = nil, nil
		c.notes[n.Place] = &n
		return
	}
	data, err := json.Marshal(n)
	if err != nil {
		return
	}
	f, err := c.temp()
	if err != nil {
		return
	}
	if _, err = f.Write(append(data, '\n')); err == nil {
		err = c.place(f, c.notePath(n.Place))
	}
	if err != nil {
		discard(f)
	}
}

// temp returns a new temporary file of the folder. The first one of a process takes the place of those that
// others have left behind when they were killed.
func (c *cache) temp() (*os.File, error) {
	dir := filepath.Join(c.dir, "tmp")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	c.sweep.Do(func() {
		entries, _ := os.ReadDir(dir)
		for _, e := range entries {
			lockfile.RemoveUnused(filepath.Join(dir, e.Name()), tempAge)
		}
	})
	for {
		f, err := os.CreateTemp(dir, "*")
		if err != nil {
			return nil, err
		}
		if lockfile.Use(f) {
			return f, nil
		}
		f.Close() // another process has swept it away before it was in use
	}
}

// discard closes and deletes a temporary file.
func discard(f *os.File) {
	f.Close()
	os.Remove(f.Name())
}

// place moves f to path, and closes it. If another process was faster, that one's file
// stays, where a file that is open cannot be replaced.
func (c *cache) place(f *os.File, path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	err := lockfile.Move(f, path)
	if err != nil {
		if _, there := os.Stat(path); there == nil {
			os.Remove(f.Name())
			return nil
		}
	}
	return err
}

func (c *cache) objectPath(name string) string { return filepath.Join(c.dir, "objects", name) }

// has reports whether there is an object of that name.
func (c *cache) has(name string) bool {
	if c.dir == "" {
		c.mu.Lock()
		defer c.mu.Unlock()
		_, ok := c.objects[name]
		return ok
	}
	if strings.ContainsAny(name, `/\`) {
		return false
	}
	_, err := os.Stat(c.objectPath(name))
	return err == nil
}

// open returns an object. It stays readable although the cache drops it later.
func (c *cache) open(name string) (object, error) {
	if c.dir == "" {
		c.mu.Lock()
		defer c.mu.Unlock()
		o, ok := c.objects[name]
		if !ok {
			return o, fs.ErrNotExist
		}
		return o, nil
	}
	path := c.objectPath(name)
	f, err := os.Open(path)
	if err != nil {
		return object{}, err
	}
	info, err := f.Stat()
	if err != nil {
		f.Close()
		return object{}, err
	}
	// The time tells what was used last; once in a while is often enough.
	if now := c.now(); now.Sub(info.ModTime()) > time.Hour {
		_ = os.Chtimes(path, now, now)
	}
	return object{f, info.Size()}, nil
}

// tree returns the tree with a hash, and the note about it; nil if there is none, or a
// damaged one.
func (c *cache) tree(h nixhash.Hash) *treefile.Tree {
	o, err := c.open(objectName("tree", h))
	if err != nil {
		return nil
	}
	t, err := treefile.Open(o, o.size)
	if err != nil {
		return nil
	}
	return t
}

// buffer is where an object is written in memory. It is charged for what it holds.
type buffer struct {
	b budget.Budget
	bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	if err := budget.Charge(b.b, len(p)); err != nil {
		return 0, err
	}
	return b.Buffer.Write(p)
}

func (b *buffer) ReadAt(p []byte, off int64) (int, error) {
	return bytes.NewReader(b.Bytes()).ReadAt(p, off)
}

// add makes an object of what fill writes. name is asked for its name, once all is
// written. With an error, nothing is kept.
func (c *cache) add(b budget.Budget, fill func(w io.Writer) error, name func(o object) (string, error)) (string, object, error) {
	if c.dir == "" {
		buf := &buffer{b: b}
		if err := fill(buf); err != nil {
			return "", object{}, err
		}
		o := object{buf, int64(buf.Len())}
		key, err := name(o)
		if err != nil {
			return "", object{}, err
		}
		c.keep(key, o)
		return key, o, nil
	}
	f, err := c.temp()
	if err != nil {
		return "", object{}, err
	}
	out := &fileWriter{f: f}
	if err := errors.Join(fill(out), out.flush()); err != nil {
		discard(f)
		return "", object{}, err
	}
	key, err := name(object{f, out.size})
	if err == nil {
		err = c.place(f, c.objectPath(key))
	}
	if err != nil {
		discard(f)
		return "", object{}, err
	}
	o, err := c.open(key)
	if err == nil {
		c.grow(out.size)
	}
	return key, o, err
}

// fileWriter collects small writes to a file.
type fileWriter struct {
	f    *os.File
	buf  []byte
	size int64
}

const writeSize = 256 << 10

func (w *fileWriter) Write(p []byte) (int, error) {
	w.size += int64(len(p))
	if len(w.buf)+len(p) > writeSize {
		if err := w.flush(); err != nil {
			return 0, err
		}
	}
	if len(p) >= writeSize {
		return w.f.Write(p)
	}
	w.buf = append(w.buf, p...)
	return len(p), nil
}

func (w *fileWriter) flush() error {
	_, err := w.f.Write(w.buf)
	w.buf = w.buf[:0]
	return err
}

// addTree makes a tree of what fill adds. strip is that of treefile.Writer.Close.
func (c *cache) addTree(ctx context.Context, b budget.Budget, strip bool, fill func(w *treefile.Writer) error) (*treefile.Tree, nixhash.Hash, error) {
	var hash nixhash.Hash
	_, o, err := c.add(b, func(out io.Writer) error {
		w, err := treefile.NewWriter(out)
		if err != nil {
			return err
		}
		if err := fill(w); err != nil {
			return err
		}
		return w.Close(strip)
	}, func(o object) (string, error) {
		t, err := treefile.Open(o, o.size)
		if err != nil {
			return "", err
		}
		hash, _, err = nar.Hash(nixhash.SHA256, nar.Within(b, store.Files(ctx, t)), "/", nil)
		return objectName("tree", hash), err
	})
	if err != nil {
		return nil, hash, err
	}
	t, err := treefile.Open(o, o.size)
	return t, hash, err
}

// addFile makes a file of what r holds.
func (c *cache) addFile(ctx context.Context, b budget.Budget, r io.Reader) (object, nixhash.Hash, error) {
	h := nixhash.NewHasher(nixhash.SHA256)
	_, o, err := c.add(b, func(out io.Writer) error {
		_, err := io.Copy(io.MultiWriter(out, h), budget.Reader(b, store.WithContext(ctx, r)))
		return err
	}, func(object) (string, error) { return objectName("file", h.Result()), nil })
	return o, h.Result(), err
}

// keep keeps an object of a cache in memory.
func (c *cache) keep(name string, o object) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, there := c.objects[name]; there {
		return
	}
	c.objects[name] = o
	c.order = append(c.order, name)
	for c.bytes += o.size; c.bytes > c.limit && len(c.order) > 1; c.order = c.order[1:] {
		c.bytes -= c.objects[c.order[0]].size
		delete(c.objects, c.order[0])
	}
}

// Looking through the folder costs time, so it is done by the first process that adds
// something after a while, and again after a tenth of the limit.
const pruneEvery = 24 * time.Hour

// grow says that an object of size bytes was added, and prunes the folder if it is time.
func (c *cache) grow(size int64) {
	c.mu.Lock()
	first := c.added < 0
	c.added = max(c.added, 0) + size
	due := c.added > c.limit/10
	if due {
		c.added = 0
	}
	c.mu.Unlock()
	stamp := filepath.Join(c.dir, "pruned")
	if first && !due {
		info, err := os.Stat(stamp)
		due = err != nil || c.now().Sub(info.ModTime()) > pruneEvery
	}
	if due {
		_ = os.WriteFile(stamp, nil, 0o600)
		c.prune()
	}
}

// Ages after which what nothing asks for is dropped.
const (
	tempAge = 24 * time.Hour // of a temporary file, whose process is gone
	noteAge = 90 * 24 * time.Hour
)

// prune deletes the objects that were not used for the longest time until the rest is
// four fifths of the limit, if they are more than the limit, and
// old notes. Other processes may do the same meanwhile.
func (c *cache) prune() {
	type file struct {
		path string
		size int64
		used time.Time
	}
	list := func(dir string) (files []file, total int64) {
		entries, _ := os.ReadDir(filepath.Join(c.dir, dir))
		for _, e := range entries {
			if info, err := e.Info(); err == nil {
				files = append(files, file{filepath.Join(c.dir, dir, e.Name()), info.Size(), info.ModTime()})
				total += info.Size()
			}
		}
		return files, total
	}
	notes, _ := list("notes")
	for _, f := range notes {
		if c.now().Sub(f.used) > noteAge {
			os.Remove(f.path)
		}
	}
	files, total := list("objects")
	if total <= c.limit {
		return
	}
	slices.SortFunc(files, func(a, b file) int { return a.used.Compare(b.used) })
	for _, f := range files {
		if total <= c.limit/5*4 {
			return
		}
		if os.Remove(f.path) == nil {
			total -= f.size
		}
	}
}
