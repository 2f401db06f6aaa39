package odb

// This file defines Database: where objects are, and how they are opened.

import (
	"context"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
)

// A Database is the objects of a repository. Several goroutines may use it at once.
type Database struct {
	format Format
	dirs   []*folder // that of the repository, then its alternates
	cache  *cache
}

// A folder is a folder of objects.
type folder struct {
	path   string
	format Format

	mu     sync.RWMutex
	loaded bool
	multi  *multiIndex      // nil if there is none that can be used
	single []*indexedPack   // packs that multi does not have
	packs  map[string]*pack // opened, by file name without folder
	names  map[string]bool  // of all packs that were found
	all    []*region        // to be closed
}

// An indexedPack is a pack with an index of its own.
type indexedPack struct {
	*packIndex
	name string // file name of the pack, without folder
}

// maxAlternates is how many folders of objects a database has at most, and maxNested how many of them
// lead from one to the next; git has the latter limit.
const (
	maxAlternates = 1000
	maxNested     = 5
)

// Open opens the folder with the objects of a repository, such as .git/objects. Nothing but its
// alternates is looked at yet. The caller must close the database.
func Open(dir string, format Format) (*Database, error) {
	info, err := os.Stat(dir)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		return nil, fileErrorf(dir, "not a folder of objects")
	}
	db := &Database{format: format, cache: &cache{}}
	db.addFolder(dir, 0)
	return db, nil
}

// addFolder adds a folder and its alternates. One that is there already, or cannot be reached, is
// left out, as by git.
func (db *Database) addFolder(dir string, nested int) {
	dir = filepath.Clean(dir)
	known := func(f *folder) bool { return f.path == dir }
	if nested > maxNested || len(db.dirs) >= maxAlternates || slices.ContainsFunc(db.dirs, known) {
		return
	}
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return
	}
	db.dirs = append(db.dirs, &folder{path: dir, format: db.format})
	for _, alternate := range readAlternates(dir) {
		db.addFolder(alternate, nested+1)
	}
}

// readAlternates returns the folders that the file info/alternates of dir names, one a line, relative
// to dir. A name may stand in quotes.
func readAlternates(dir string) []string {
	const most = 1 << 20 // bytes
	f, err := os.Open(filepath.Join(dir, "info", "alternates"))
	if err != nil {
		return nil
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, most))
	if err != nil {
		return nil
	}
	var out []string
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSuffix(strings.TrimSuffix(line, "\n"), "\r")
		if line == "" || line[0] == '#' {
			continue
		}
		if line[0] == '"' {
			if s, ok := unquote(line); ok {
				line = s
			}
		}
		if line = filepath.FromSlash(line); !filepath.IsAbs(line) {
			line = filepath.Join(dir, line)
		}
		out = append(out, line)
	}
	return out
}

// unquote reads a name in quotes with the escapes of C.
func unquote(s string) (string, bool) {
	body, ok := strings.CutSuffix(s[1:], `"`)
	if !ok {
		return "", false
	}
	var b strings.Builder
	for i := 0; i < len(body); i++ {
		if body[i] != '\\' {
			b.WriteByte(body[i])
			continue
		}
		i++
		if i == len(body) {
			return "", false
		}
		if at := strings.IndexByte(`abtnvfr\"`, body[i]); at >= 0 {
			b.WriteByte("\a\b\t\n\v\f\r\\\""[at])
			continue
		}
		if i+3 > len(body) {
			return "", false
		}
		n := 0
		for _, d := range body[i : i+3] {
			if d < '0' || d > '7' {
				return "", false
			}
			n = 8*n + int(d-'0')
		}
		b.WriteByte(byte(n))
		i += 2
	}
	return b.String(), true
}

// Close gives all files back. Neither the database nor an object of it may be in use.
func (db *Database) Close() error {
	var errs []error
	for _, f := range db.dirs {
		f.mu.Lock()
		for _, r := range f.all {
			errs = append(errs, r.close())
		}
		f.all, f.multi, f.single, f.packs, f.names, f.loaded = nil, nil, nil, nil, nil, false
		f.mu.Unlock()
	}
	return errors.Join(errs...)
}

// Dir returns the folder of the database.
func (db *Database) Dir() string { return db.dirs[0].path }

// Format returns the format of the objects.
func (db *Database) Format() Format { return db.format }

// load opens the indexes of a folder, unless that was done. With again, it looks for packs that came
// since, and reports whether there are any.
func (f *folder) load(again bool) (fresh bool, err error) {
	f.mu.RLock()
	loaded := f.loaded
	f.mu.RUnlock()
	if loaded && !again {
		return false, nil
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.loaded && !again {
		return false, nil
	}
	first := !f.loaded
	f.loaded = true
	if f.names == nil {
		f.names, f.packs = map[string]bool{}, map[string]*pack{}
	}
	dir := filepath.Join(f.path, "pack")
	if first {
		f.openMulti(dir)
	}
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	for _, e := range entries {
		base, ok := strings.CutSuffix(e.Name(), ".idx")
		if !ok || f.names[base+".pack"] {
			continue
		}
		if err := f.openIndex(dir, base); errors.Is(err, fs.ErrNotExist) {
			continue // removed since
		} else if err != nil {
			return false, err
		}
		fresh = true
	}
	return fresh, nil
}

// openMulti opens the multi-pack-index. One that cannot be read is left out: each pack has an index
// of its own beside it.
func (f *folder) openMulti(dir string) {
	r, err := openRegion(filepath.Join(dir, "multi-pack-index"))
	if err != nil {
		return
	}
	m, err := openMultiIndex(r, f.format)
	if err != nil {
		r.close()
		return
	}
	f.multi = m
	f.all = append(f.all, r)
	for _, name := range m.packs {
		f.names[name] = true
	}
}

// openIndex opens the index of the pack with that name, which has no suffix.
func (f *folder) openIndex(dir, base string) error {
	if _, err := os.Stat(filepath.Join(dir, base+".pack")); err != nil {
		return err
	}
	r, err := openRegion(filepath.Join(dir, base+".idx"))
	if err != nil {
		return err
	}
	ix, err := openPackIndex(r, f.format)
	if err != nil {
		r.close()
		return err
	}
	f.single = append(f.single, &indexedPack{ix, base + ".pack"})
	f.all = append(f.all, r)
	f.names[base+".pack"] = true
	return nil
}

// pack returns the pack with that file name.
func (f *folder) pack(name string) (*pack, error) {
	f.mu.RLock()
	p := f.packs[name]
	f.mu.RUnlock()
	if p != nil {
		return p, nil
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if p := f.packs[name]; p != nil {
		return p, nil
	}
	p, err := openPack(filepath.Join(f.path, "pack", name), f.format)
	if err != nil {
		return nil, err
	}
	f.packs[name] = p
	f.all = append(f.all, p.file)
	return p, nil
}

// find returns the pack that has id, by name, and the offset there; "" if no pack has it.
func (f *folder) find(id ID) (name string, off int64, err error) {
	f.mu.RLock()
	defer f.mu.RUnlock()
	if m := f.multi; m != nil {
		if pos, ok, err := m.find(id); err != nil {
			return "", 0, err
		} else if ok {
			return m.place(pos)
		}
	}
	for _, ix := range f.single {
		if pos, ok, err := ix.find(id); err != nil {
			return "", 0, err
		} else if ok {
			off, err := ix.offset(pos)
			return ix.name, off, err
		}
	}
	return "", 0, nil
}

// packed returns the place of an object in a pack. ok is false if no pack has it.
func (db *Database) packed(id ID) (at place, ok bool, err error) {
	for _, f := range db.dirs {
		if _, err := f.load(false); err != nil {
			return place{}, false, err
		}
		name, off, err := f.find(id)
		if err != nil {
			return place{}, false, err
		}
		if name == "" {
			continue
		}
		p, err := f.pack(name)
		if errors.Is(err, fs.ErrNotExist) {
			continue // removed since; what it had is elsewhere
		}
		return place{p, off}, err == nil, err
	}
	return place{}, false, nil
}

// reload looks for packs that came since, and reports whether there are any.
func (db *Database) reload() bool {
	fresh := false
	for _, f := range db.dirs {
		if ok, err := f.load(true); ok && err == nil {
			fresh = true
		}
	}
	return fresh
}

// loose opens the file of a loose object; nil if there is none.
func (db *Database) loose(id ID) (*os.File, error) {
	text := id.String()
	for _, f := range db.dirs {
		file, err := os.Open(filepath.Join(f.path, text[:2], text[2:]))
		if err == nil || !errors.Is(err, fs.ErrNotExist) {
			return file, err
		}
	}
	return nil, nil
}

// locate finds an object: its place in a pack, or else its file, which the caller must close.
func (db *Database) locate(id ID) (place, *os.File, error) {
	if id.Format() != db.format {
		return place{}, nil, &NotFoundError{ID: id, Dir: db.Dir()}
	}
	for {
		at, ok, err := db.packed(id)
		if err != nil || ok {
			return at, nil, err
		}
		file, err := db.loose(id)
		if err != nil || file != nil {
			return place{}, file, err
		}
		// Another process may have packed the object meanwhile.
		if !db.reload() {
			return place{}, nil, &NotFoundError{ID: id, Dir: db.Dir()}
		}
	}
}

// Has reports whether an object is there. It does not read it.
func (db *Database) Has(id ID) (ok bool, err error) {
	defer caughtFault(&err, debug.SetPanicOnFault(true))
	_, file, err := db.locate(id)
	if file != nil {
		file.Close()
	}
	if errors.Is(err, ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}

// Stat returns the kind of an object, and its size in bytes.
func (db *Database) Stat(ctx context.Context, id ID) (kind Kind, size int64, err error) {
	defer caughtFault(&err, debug.SetPanicOnFault(true))
	at, file, err := db.locate(id)
	if err != nil {
		return 0, 0, err
	}
	if file != nil {
		o, err := db.openLoose(id, file)
		if err != nil {
			return 0, 0, err
		}
		return o.Kind, o.Size, o.Close()
	}
	c, err := db.chain(ctx, at)
	if err == nil {
		size, err = c.size()
	}
	if err != nil {
		return 0, 0, at.error(id, err)
	}
	return c.kind(), size, nil
}

// error returns err as one about the object at a place.
func (at place) error(id ID, err error) error {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return &FileError{File: at.pack.file.name, ID: id, Err: err}
}

// An Object is an object that is open. Reading ends with an error in place of io.EOF if the contents
// are not those that the name stands for. It is not for several goroutines at once.
type Object struct {
	Kind Kind
	Size int64 // of the contents, in bytes

	id    ID
	where string
	r     io.Reader // the contents
	left  int64     // bytes of r that are not read yet
	data  []byte    // all contents, if they are in memory already; nil if r streams
	hash  hash.Hash
	done  error // what reading ends with, once that is known
	close func() error
}

// Open opens an object for reading. The caller must close it.
func (db *Database) Open(ctx context.Context, id ID) (o *Object, err error) {
	defer caughtFault(&err, debug.SetPanicOnFault(true))
	at, file, err := db.locate(id)
	if err != nil {
		return nil, err
	}
	if file != nil {
		return db.openLoose(id, file)
	}
	c, err := db.chain(ctx, at)
	if err != nil {
		return nil, at.error(id, err)
	}
	o = &Object{Kind: c.kind(), id: id, where: at.pack.file.name}
	if first := c.links[0].entry; first.kind <= KindTag {
		f, err := at.pack.stream(first)
		if err != nil {
			return nil, at.error(id, err)
		}
		o.r, o.Size = f.z, first.size
		o.close = func() error { f.release(); return nil }
	} else {
		v, err := db.unpack(ctx, c)
		if err != nil {
			return nil, at.error(id, err)
		}
		o.data, o.Size = v.data, int64(len(v.data))
	}
	return o.start(db.format)
}

// openLoose opens a loose object, and closes the file if that fails.
func (db *Database) openLoose(id ID, file *os.File) (*Object, error) {
	f, err := newInflater(file)
	if err != nil {
		file.Close()
		return nil, &FileError{File: file.Name(), ID: id, Err: err}
	}
	h, err := readLooseHeader(f.z)
	if err != nil {
		f.release()
		file.Close()
		return nil, &FileError{File: file.Name(), ID: id, Err: err}
	}
	o := &Object{Kind: h.kind, Size: h.size, id: id, where: file.Name(), r: f.z}
	o.close = func() error { f.release(); return file.Close() }
	return o.start(db.format)
}

// start begins the hash of the contents. If that fails, the object is closed.
func (o *Object) start(format Format) (*Object, error) {
	o.left, o.hash = o.Size, format.New()
	fmt.Fprintf(o.hash, "%s %d\x00", o.Kind, o.Size)
	if o.left == 0 {
		if o.done = o.finish(); o.done != io.EOF {
			return nil, errors.Join(o.done, o.Close())
		}
	}
	return o, nil
}

// Read reads the contents.
func (o *Object) Read(b []byte) (n int, err error) {
	if o.done != nil {
		return 0, o.done
	}
	defer caughtFault(&err, debug.SetPanicOnFault(true))
	b = b[:min(int64(len(b)), o.left)]
	if o.data != nil {
		n = copy(b, o.data[o.Size-o.left:])
	} else if n, err = o.r.Read(b); err == io.EOF {
		if err = nil; int64(n) < o.left {
			err = errShort
		}
	}
	o.left -= int64(n)
	o.hash.Write(b[:n])
	switch {
	case err != nil:
		o.done = &FileError{File: o.where, ID: o.id, Err: err}
		return n, o.done
	case o.left == 0:
		// Callers that know the size may not read further.
		if o.done = o.finish(); o.done != io.EOF {
			return n, o.done
		}
	}
	return n, nil
}

// finish returns io.EOF if the contents are those that the name stands for.
func (o *Object) finish() error {
	if o.data == nil {
		if err := atEnd(o.r); err != nil {
			return &FileError{File: o.where, ID: o.id, Err: err}
		}
	}
	if got := MakeID(o.hash.Sum(nil)); got != o.id {
		return &FileError{File: o.where, ID: o.id, Err: fmt.Errorf("the contents are those of object %s", got)}
	}
	return io.EOF
}

// Close closes the object.
func (o *Object) Close() error {
	o.done, o.data = fs.ErrClosed, nil
	if o.close == nil {
		return nil
	}
	f := o.close
	o.close = nil
	return f()
}

// A TooLargeError says that an object has more bytes than may be read into memory.
type TooLargeError struct {
	ID          ID
	Size, Limit int64 // in bytes
}

func (e *TooLargeError) Error() string {
	return fmt.Sprintf("Git object %s has %d bytes, and not more than %d are read", e.ID, e.Size, e.Limit)
}

// Read returns the contents of an object of at most limit bytes. Callers must not modify them.
func (db *Database) Read(ctx context.Context, id ID, limit int64) (kind Kind, data []byte, err error) {
	o, err := db.Open(ctx, id)
	if err != nil {
		return 0, nil, err
	}
	defer o.Close()
	if o.Size > limit {
		return o.Kind, nil, &TooLargeError{id, o.Size, limit}
	}
	if data = o.data; len(data) > 0 {
		o.hash.Write(data)
		if err := o.finish(); err != io.EOF {
			return o.Kind, nil, err
		}
		return o.Kind, data, nil
	}
	data, err = readExactly(ctx, o, o.Size)
	return o.Kind, data, err
}

// maxAmbiguous is how many objects WithPrefix returns at most.
const maxAmbiguous = 10

// WithPrefix returns the objects whose names begin with some hexadecimal digits in lower case, but not
// more than a few. Git wants at least 4 digits.
func (db *Database) WithPrefix(digits string) (ids []ID, err error) {
	defer caughtFault(&err, debug.SetPanicOnFault(true))
	if len(digits) < 4 || strings.Trim(digits, "0123456789abcdef") != "" {
		return nil, nil
	}
	found := map[ID]bool{}
	for _, f := range db.dirs {
		if _, err := f.load(false); err != nil {
			return nil, err
		}
		if err := f.withPrefix(digits, found); err != nil {
			return nil, err
		}
	}
	for id := range found {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(a, b ID) int { return strings.Compare(a.String(), b.String()) })
	return ids, nil
}

// withPrefix adds the objects of a folder that begin with some digits to found.
func (f *folder) withPrefix(digits string, found map[ID]bool) error {
	f.mu.RLock()
	defer f.mu.RUnlock()
	var tables []*table
	if f.multi != nil {
		tables = append(tables, &f.multi.table)
	}
	for _, ix := range f.single {
		tables = append(tables, &ix.table)
	}
	for _, t := range tables {
		if t.n == 0 {
			continue
		}
		if err := t.withPrefix(digits, found, maxAmbiguous); err != nil {
			return err
		}
	}
	entries, err := os.ReadDir(filepath.Join(f.path, digits[:2]))
	if err != nil {
		return nil // no loose object begins like that
	}
	for _, e := range entries {
		if len(found) >= maxAmbiguous {
			break
		}
		if id, err := ParseID(digits[:2] + e.Name()); err == nil && strings.HasPrefix(id.String(), digits) {
			found[id] = true
		}
	}
	return nil
}
